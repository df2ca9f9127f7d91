namespace NetGen;

/// <summary>What every dataset over arrays demands of them.</summary>
internal static class SampleChecks
{
    public static void Shape(TensorShape shape)
    {
        if (shape.Channels < 1 || shape.Height < 1 || shape.Width < 1 || (long)shape.Channels * shape.Height * shape.Width > Array.MaxLength)
            throw new ArgumentException(
                $"The input shape {shape} is not possible; every extent must be at least 1 and their product at most {Array.MaxLength}.", nameof(shape));
    }

    /// <returns>The number of samples.</returns>
    public static int Lengths(int inputLength, int inputValues, string inputName, int answerValues, int answerLength, string answerName)
    {
        if (inputValues % inputLength != 0)
            throw new ArgumentException($"{inputValues} {inputName} are no whole number of samples of {inputLength}.");
        if (answerValues % answerLength != 0)
            throw new ArgumentException($"{answerValues} {answerName} are no whole number of samples of {answerLength}.");
        int inputs = inputValues / inputLength, answers = answerValues / answerLength;
        if (inputs != answers)
            throw new ArgumentException(
                $"There are {inputs} inputs ({inputValues} {inputName}) but {answerName} for {answers}; every input needs its own.");
        if (inputs == 0)
            throw new ArgumentException("A dataset needs at least one sample.");
        return inputs;
    }

    public static void Labels(ReadOnlySpan<int> labels, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        for (int i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)classCount)
                throw new ArgumentException(
                    $"Sample {i} has the label {labels[i]}; with {classCount} classes labels are 0 to {classCount - 1}.", nameof(labels));
    }
}
