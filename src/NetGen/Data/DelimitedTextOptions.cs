namespace NetGen;

/// <summary>How <see cref="DelimitedText"/> reads a file. The defaults fit comma separated numbers with an integer label in the last column.</summary>
public sealed class DelimitedTextOptions
{
    /// <summary>What stands between two values; a comma unless set. With a space, any run of spaces and tabs separates.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The first line holds names and is skipped.</summary>
    public bool HasHeader { get; init; }

    /// <summary>The column of the label, from 0; negative counts from the end, −1 (the default) is the last.</summary>
    public int LabelColumn { get; init; } = -1;

    /// <summary>The number of classes; 0 (the default): one more than the largest label in the file. Set it where train and test must agree.</summary>
    public int ClassCount { get; init; }

    /// <summary>The labels as they stand in the file, where they are names and not numbers; a name's place in the list is its label.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Reads no label, but float targets from so many of the last columns.</summary>
    public int TargetColumns { get; init; }

    /// <summary>The shape of an input; a vector of all input columns unless set.</summary>
    public TensorShape? InputShape { get; init; }

    /// <summary>Every input value is multiplied by this; 1/16 brings the optdigits files to 0 … 1.</summary>
    public float Scale { get; init; } = 1;
}
