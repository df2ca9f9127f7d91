using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>How a convolution's result and weights lie, and with them where its kernels' vectors run.</summary>
internal enum ConvolutionPlan
{
    /// <summary>Vectors over blocks of 16 output channels; input pixels are broadcast. Weights [OC/16][IC/16][kh][kw][16 ic][16 oc].</summary>
    Blocked,

    /// <summary>Vectors over blocks of 16 channels, each convolved by itself. Weights [C/16][kh][kw][16].</summary>
    Depthwise,

    /// <summary>Vectors along the width; weights are broadcast. For few output channels a group. Weights [OC][IC][kh][kw].</summary>
    Planar,
}

/// <summary>A convolution with its shapes, its plan and the derived numbers that its products are built from.</summary>
internal sealed record ConvolutionGeometry(Conv2dOp Operator, TensorShape Input, TensorShape Output)
{
    public Window2d Window { get; } = Operator.Window.Canonical(Output, 1, 1);

    /// <summary>Whether there are kernels for convolutions of each channel by itself.</summary>
    public bool TakesDepthwise { get; init; }

    public int Groups => Operator.Groups / Operator.MergedGroups;

    /// <summary>Whether the kernels read weights of several groups at once, with zeros between them, which are packed for that.</summary>
    public bool MergesGroups => Operator.MergedGroups > 1;

    /// <summary>The convolution as it is declared and as its parameters lie.</summary>
    public ConvolutionGeometry WithoutMerging => this with { Operator = Operator with { MergedGroups = 1 } };

    public int GroupInputs => Input.Channels / Groups;

    public int GroupOutputs => Output.Channels / Groups;

    public bool HasPadding => Window.PadTop + Window.PadBottom + Window.PadLeft + Window.PadRight > 0;

    public ConvolutionPlan Plan
    {
        get
        {
            bool isDepthwise = Groups > 1 && Groups == Input.Channels && Groups == Output.Channels;
            if (Groups > 1 && !(TakesDepthwise && isDepthwise))
            {
                return GroupOutputs % TensorView.Block == 0 ? ConvolutionPlan.Blocked : ConvolutionPlan.Planar;
            }

            // With fewer channels than a block the plan that fills more of its vectors wins.
            double blockedUse = (double)Output.Channels / TensorView.RoundUp(Output.Channels);
            double planarUse = (double)Output.Width / TensorView.RoundUp(Output.Width);
            return Output.Channels < TensorView.Block && blockedUse < planarUse ? ConvolutionPlan.Planar
                : isDepthwise ? ConvolutionPlan.Depthwise
                : ConvolutionPlan.Blocked;
        }
    }

    /// <summary>Whether its result and its weights lie in blocks of 16 channels.</summary>
    public bool IsBlocked => Plan != ConvolutionPlan.Planar;

    public bool IsDepthwise => Plan == ConvolutionPlan.Depthwise;

    public TensorView OutputView => IsBlocked ? TensorView.Blocked(Output) : TensorView.Planar(Output);

    /// <summary>Its shape in a kernel's name: <c>Conv_1x28x28_k5_p2_to_6x28x28</c>.</summary>
    public string Name => $"{Input.Channels}x{Input.Height}x{Input.Width}_{WindowName}{GroupsName}_to_{Output.Channels}x{Output.Height}x{Output.Width}";

    /// <summary>The same whatever the numbers of channels: <c>Conv_28x28_k5_p2_to_28x28</c>.</summary>
    public string NameWithoutChannels => $"{Input.Height}x{Input.Width}_{WindowName}_to_{Output.Height}x{Output.Width}";

    // Strides of the blocked weights.

    public int InputBlock => Math.Min(TensorView.Block, GroupInputs);

    public int InputBlocks => (GroupInputs + InputBlock - 1) / InputBlock;

    public int OutputBlocks => (Output.Channels + TensorView.Block - 1) / TensorView.Block;

    public int WeightKernelColumn => IsBlocked ? InputBlock * TensorView.Block : 1;

    public int WeightKernelRow => Window.KernelW * WeightKernelColumn;

    /// <summary>From one input block (blocked) or input channel (planar) to the next.</summary>
    public int WeightInput => Window.KernelH * WeightKernelRow;

    /// <summary>From one output block (blocked) or output channel (planar) to the next.</summary>
    public int WeightOutput => (IsBlocked ? InputBlocks : GroupInputs) * WeightInput;

    /// <summary>How the weights lie: [OC][IC][kh][kw], without the axis of rows for sequences, and [OC][IC · kh · kw] for matrix products.</summary>
    public ParameterStorage WeightStorage
    {
        get
        {
            EquatableArray<int> outputs = IsBlocked ? ParameterStorage.BlockedAxis(TensorView.Block, 1, WeightOutput) : ParameterStorage.Axis(WeightOutput);
            EquatableArray<int> inputs = IsBlocked ? ParameterStorage.BlockedAxis(InputBlock, TensorView.Block, WeightInput) : ParameterStorage.Axis(WeightInput);
            IEnumerable<EquatableArray<int>> axes = Operator.IsLinear
                ? [outputs, new[] { Window.KernelW, WeightKernelColumn, Window.KernelH, WeightKernelRow }.Concat(inputs).ToEquatableArray()]
                : [outputs, inputs, .. Operator.IsSequence ? [] : new[] { ParameterStorage.Axis(WeightKernelRow) }, ParameterStorage.Axis(WeightKernelColumn)];
            int floats = IsBlocked ? OutputBlocks * WeightOutput : TensorView.RoundUp(Output.Channels * WeightOutput);
            return new ParameterStorage(floats, axes.ToEquatableArray());
        }
    }

    private string WindowName
    {
        get
        {
            string kernel = Window.KernelW == Window.KernelH ? $"k{Window.KernelH}" : $"k{Window.KernelH}x{Window.KernelW}";
            return kernel
                + Suffix("s", Window.StrideH, Window.StrideW, 1)
                + Suffix("d", Window.DilationH, Window.DilationW, 1)
                + Suffix("p", Window.PadTop, Window.PadLeft, 0);
        }
    }

    private string GroupsName => Groups > 1 ? $"_g{Groups}" : "";

    private static string Suffix(string letter, int vertical, int horizontal, int usual) =>
        vertical == usual && horizontal == usual ? "" : vertical == horizontal ? $"_{letter}{vertical}" : $"_{letter}{vertical}x{horizontal}";
}
