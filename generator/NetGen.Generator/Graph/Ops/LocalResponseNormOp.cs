using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>
/// x / (k + alpha / size · Σ x²)^beta, the sum over the <paramref name="Size"/> channels around each at its position; those beyond the first and last are zeros.
/// </summary>
internal sealed record LocalResponseNormOp(int Size, double Alpha, double Beta, double K) : Operator
{
    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description =>
        $"LocalResponseNorm {TextOf.Integer(Size)}, alpha {TextOf.Number(Alpha)}, beta {TextOf.Number(Beta)}, k {TextOf.Number(K)}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override SlidingOperator Slide(SlidingValue input) => new(this);
}

/// <summary><c>[LocalResponseNorm]</c>.</summary>
internal sealed class LocalResponseNormDefinition : OperatorDefinition
{
    public override string NameStem => "lrn";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        int size = SizeArguments.Positive("size", arguments.Integer("size", 1), problems);
        WindowArguments.RequireFeatureMap(Name, input, problems);
        double alpha = Constant("Alpha", 1e-4, "at least 0", value => value >= 0);
        double beta = Constant("Beta", 0.75, "at least 0", value => value >= 0);
        double k = Constant("K", 1, "above 0", value => value > 0);
        return new LocalResponseNormOp(Math.Max(size, 1), alpha, beta, k);

        double Constant(string name, double usual, string range, Func<float, bool> isInRange)
        {
            double value = arguments.Number(name, usual);
            if (isInRange((float)value) && !float.IsInfinity((float)value))
            {
                return value;
            }

            problems.Error(DiagnosticIds.NormConstantOutOfRange, name, TextOf.Number(value), range);
            return usual;
        }
    }
}
