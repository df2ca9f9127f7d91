namespace NetGen.Tests.Networks;

/// <summary>What ends a prediction where training leaves it to the loss.</summary>
internal static class Probabilities
{
    public static void Replace(Span<float> logits, Loss loss)
    {
        if (loss == Loss.CrossEntropy)
        {
            double sum = 0;
            foreach (float logit in logits)
            {
                sum += Math.Exp(logit);
            }

            foreach (ref float value in logits)
            {
                value = (float)(Math.Exp(value) / sum);
            }
        }
        else if (loss == Loss.BinaryCrossEntropy)
        {
            foreach (ref float value in logits)
            {
                value = (float)(1 / (1 + Math.Exp(-value)));
            }
        }
    }
}
