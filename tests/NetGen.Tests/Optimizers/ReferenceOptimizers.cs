namespace NetGen.Tests.Optimizers;

/// <summary>PyTorch's documented algorithms, one parameter at a time in double precision.</summary>
internal static class ReferenceOptimizers
{
    public delegate double Step(double parameter, double gradient, int step, double[] memory);

    public static Step Sgd(double rate, double momentum, bool nesterov, double decay) => (p, g, t, memory) =>
    {
        g += decay * p;
        if (momentum == 0)
        {
            return p - rate * g;
        }

        memory[0] = t == 1 ? g : momentum * memory[0] + g;
        return p - rate * (nesterov ? g + momentum * memory[0] : memory[0]);
    };

    public static Step Adam(double rate, double beta1, double beta2, double epsilon, double decay, bool decoupled) => (p, g, t, memory) =>
    {
        if (decoupled)
        {
            p -= rate * decay * p;
        }
        else
        {
            g += decay * p;
        }

        memory[0] = beta1 * memory[0] + (1 - beta1) * g;
        memory[1] = beta2 * memory[1] + (1 - beta2) * g * g;
        double mean = memory[0] / (1 - Math.Pow(beta1, t));
        double square = memory[1] / (1 - Math.Pow(beta2, t));
        return p - rate * mean / (Math.Sqrt(square) + epsilon);
    };

    public static Step RmsProp(double rate, double alpha, double epsilon, double momentum, double decay) => (p, g, _, memory) =>
    {
        g += decay * p;
        memory[0] = alpha * memory[0] + (1 - alpha) * g * g;
        double step = g / (Math.Sqrt(memory[0]) + epsilon);
        memory[1] = momentum * memory[1] + step;
        return p - rate * memory[1];
    };

    public static Step Adagrad(double rate, double rateDecay, double initial, double epsilon, double decay) => (p, g, t, memory) =>
    {
        g += decay * p;
        memory[0] = (t == 1 ? initial : memory[0]) + g * g;
        return p - rate / (1 + (t - 1) * rateDecay) * g / (Math.Sqrt(memory[0]) + epsilon);
    };
}
