using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// A transposed convolution by the convolution that it transposes, whose products compute it: forward that one's gradient of the data,
/// and its own gradient of the data that one forward. Weights lie as the convolution's.
/// </summary>
internal sealed record TransposedGeometry(ConvTranspose2dOp Operator, TensorShape Input, TensorShape Output)
{
    /// <summary>The convolution, from the result to the input.</summary>
    public ConvolutionGeometry Convolution { get; } = new(Operator.Transpose(Input), Output, Input);

    /// <summary>Where the result lies: as a convolution's, but a stride along the width deals planar columns to phases that fill vectors one by one.</summary>
    public TensorView OutputView
    {
        get
        {
            int channels = Output.Channels / Operator.Groups;
            if (Operator.Groups > 1)
            {
                return channels % TensorView.Block == 0 ? TensorView.Blocked(Output) : TensorView.Planar(Output);
            }

            int stride = Convolution.Window.StrideW, columns = (Output.Width + stride - 1) / stride;
            double blockedUse = (double)channels / TensorView.RoundUp(channels), planarUse = (double)columns / TensorView.RoundUp(columns);
            return channels >= TensorView.Block || blockedUse >= planarUse ? TensorView.Blocked(Output) : TensorView.Planar(Output);
        }
    }

    /// <summary>The view of the input that the weights' gradient takes: zeros in columns and lanes that hold no element.</summary>
    public TensorView WeightGradientInput => Convolution.OutputView;

    /// <summary>Whether an input that lies so has such zeros since it has no gaps.</summary>
    public bool HasZeros(TensorView input) => input == WeightGradientInput
        && (input.Layout == TensorLayout.Blocked ? Input.Channels % TensorView.Block == 0 : input.RowStride == Input.Width);

    /// <summary>The products of the result.</summary>
    public DataGradientProducts Forward(TensorView output, ActivationOperator? activation) =>
        new(Convolution, output, new TransposedEnding(Operator.HasBias, activation));
}

/// <summary>What the products of a transposed convolution begin and end with.</summary>
internal sealed record TransposedEnding(bool HasBias, ActivationOperator? Activation);
