using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// The texts of all diagnostics. In those about a layer {0} is its name and {1} its input shape in parentheses, or nothing
/// where an earlier mistake hides it.
/// </summary>
internal static class Descriptors
{
    public const string Category = "NetGen";

    private static readonly DiagnosticDescriptor s_notPartial = new(
        DiagnosticIds.NotPartial, "A network's class must be partial",
        "Network '{0}' must be partial, so that its code can be added to it: declare it 'partial class {0}'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_containingTypeNotPartial = new(
        DiagnosticIds.ContainingTypeNotPartial, "The types around a network must be partial",
        "Network '{0}' lies in '{1}', which must be partial too: declare it 'partial {2} {1}'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_staticClass = new(
        DiagnosticIds.StaticClass, "A network's class cannot be static",
        "Network '{0}' cannot be static, since each of its objects has weights of its own; remove 'static'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_abstractClass = new(
        DiagnosticIds.AbstractClass, "A network's class cannot be abstract",
        "Network '{0}' cannot be abstract, since its own code creates it; remove 'abstract'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_recordClass = new(
        DiagnosticIds.RecordClass, "A network cannot be a record",
        "Network '{0}' cannot be a record, which would compare and copy it by value; declare it 'partial class {0}'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_fileLocalClass = new(
        DiagnosticIds.FileLocalClass, "A network's class cannot be file-local",
        "Network '{0}' cannot lie in the file-local type '{1}', which generated code in another file cannot reach; declare '{1}' internal",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_genericClass = new(
        DiagnosticIds.GenericClass, "A network's class cannot be generic",
        "Network '{0}' cannot be generic or lie in a generic type: '{1}' has type parameters; remove them or move the network out",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_primaryConstructor = new(
        DiagnosticIds.PrimaryConstructor, "A network's class cannot have a primary constructor",
        "Network '{0}' cannot have a primary constructor, which the generated constructor would have to call; declare an ordinary constructor or a property",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_baseClass = new(
        DiagnosticIds.BaseClass, "A network's class cannot have a base class",
        "Network '{0}' cannot derive from '{1}'; implement interfaces instead, or hold a '{1}' in a field",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_layersOnAnotherPart = new(
        DiagnosticIds.LayersOnAnotherPart, "Layers must stand on the part with [Network]",
        "[{1}] stands on another part of '{0}' than [{2}], and the order across parts is not defined; move it to the declaration that carries [{2}]",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_layersWithoutNetwork = new(
        DiagnosticIds.LayersWithoutNetwork, "Layers need [Network]",
        "[{1}] does nothing here, since '{0}' has no [Network]; add [Network] above it",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_languageVersion = new(
        DiagnosticIds.LanguageVersion, "Networks need C# 11 or later",
        "Network '{0}' needs C# 11 or later, and this project compiles C# {1}; set <LangVersion>11</LangVersion> or remove the setting",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_memberClash = new(
        DiagnosticIds.MemberClash, "A member has the name of a generated one",
        "'{0}' already has '{1}', the name that the generated member '{2}' would have; rename it",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_requiredMember = new(
        DiagnosticIds.RequiredMember, "A network's class cannot have required members",
        "Network '{0}' cannot have the required member '{1}', since its generated code creates objects without it; remove 'required'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unchainedConstructor = new(
        DiagnosticIds.UnchainedConstructor, "A network's constructors must chain to the generated one",
        "'{1}' would make a '{0}' without weights; chain it to the generated constructor '{0}(int seed = 0)', for instance with ': this(seed: 0)'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_missingInput = new(
        DiagnosticIds.MissingInput, "A network needs [Input]",
        "The network has no [Input]; add [Input(channels, height, width)] for images or [Input(length)] for vectors",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_duplicateInput = new(
        DiagnosticIds.DuplicateInput, "A network has one [Input]",
        "The network already has an [Input] of {0}; keep one of them",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_emptyNetwork = new(
        DiagnosticIds.EmptyNetwork, "A network needs layers",
        "The network has no layers; add some below [Network], for instance [Linear(10), Softmax]",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_duplicateLoss = new(
        DiagnosticIds.DuplicateLoss, "A network has one [Loss]",
        "The network already has a [Loss]; keep one of them",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownLayer = new(
        DiagnosticIds.UnknownLayer, "The generator does not know this layer",
        "This version of the generator does not know [{0}]; reference the same version of NetGen in every project",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownUnroll = new(
        DiagnosticIds.UnknownUnroll, "Unroll has no such value",
        "Unroll is {0}; it can be Unroll.Balanced, Unroll.Full or Unroll.Compact",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownConvolution = new(
        DiagnosticIds.UnknownConvolution, "Convolution has no such value",
        "Convolution is {0}; it can be ConvolutionAlgorithm.Automatic or ConvolutionAlgorithm.Direct",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_inputGradientsWithoutTraining = new(
        DiagnosticIds.InputGradientsWithoutTraining, "InputGradients need Training",
        "InputGradients = true contradicts Training = false, which leaves out all backward code; set one of them otherwise",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_contradictoryArguments = new(
        DiagnosticIds.ContradictoryArguments, "Arguments contradict each other",
        "{0}: {2} and {3} contradict each other; set one of them{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_sizeNotPositive = new(
        DiagnosticIds.SizeNotPositive, "A size must be at least 1",
        "{0}: {2} is {3}; it must be at least 1{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_negativePadding = new(
        DiagnosticIds.NegativePadding, "Padding cannot be negative",
        "{0}: {2} is {3}; it must be at least 0{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_linearWithoutOutputs = new(
        DiagnosticIds.LinearWithoutOutputs, "[Linear] needs at least one output",
        "{0}: [Linear({2})] would have no output; it takes at least 1{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_kernelTooLarge = new(
        DiagnosticIds.KernelTooLarge, "The kernel is larger than the padded input",
        "{2} is larger than the padded input {3} of {0}; the largest kernel is {4}{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_groupsDoNotDivideInput = new(
        DiagnosticIds.GroupsDoNotDivideInput, "Groups must divide the input channels",
        "{0}: {2} groups do not divide the {3} input channels; what divides the channels on both sides is {4}{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_groupsDoNotDivideOutput = new(
        DiagnosticIds.GroupsDoNotDivideOutput, "Groups must divide the output channels",
        "{0}: {2} groups do not divide the {3} output channels; {4}{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_poolPaddingTooLarge = new(
        DiagnosticIds.PoolPaddingTooLarge, "A pool's padding is at most half its kernel",
        "{0}: padding {2} is more than half of the kernel {3}; it can be at most {4}{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_dropoutProbability = new(
        DiagnosticIds.DropoutProbability, "Dropout needs a probability",
        "{0}: the probability {2} of being zeroed must be at least 0 and below 1{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_negativeSlope = new(
        DiagnosticIds.NegativeSlope, "LeakyReLU needs a slope of at least 0",
        "{0}: the slope {2} must be finite and at least 0{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_featureMapNeeded = new(
        DiagnosticIds.FeatureMapNeeded, "The layer needs a feature map",
        "{0}: [{2}] needs a feature map (channels×height×width), and its input is a vector of {3}; put it before [Linear] and [Flatten], or declare [Input(channels, height, width)]",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_valueTooLarge = new(
        DiagnosticIds.ValueTooLarge, "A value is too large",
        "{0}: its result {2} would take {3} floats, with channels and rows in blocks of 16; a value must stay below {4}: use a larger stride, fewer channels or a smaller [Input]{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_paddedInputTooLarge = new(
        DiagnosticIds.PaddedInputTooLarge, "The padded input is too large",
        "{0}: its padded input would be {2}; each side must stay below {3}: use less padding{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_tooManyParameters = new(
        DiagnosticIds.TooManyParameters, "The network has too many parameters",
        "{0} brings the network to {2} parameters, {3} floats in blocks of 16; a network can have {4}: use fewer channels or outputs, or pool before [Linear]{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_valuesTooLarge = new(
        DiagnosticIds.ValuesTooLarge, "The values of a network are too large together",
        "{0} brings the values of one image to {2} floats; together they must stay below {3}: use larger strides, fewer channels or a smaller [Input]{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_memoryTooLarge = new(
        DiagnosticIds.MemoryTooLarge, "The memory of a network is too large",
        "The values, gradients and padded copies of {0} take more floats than an array holds; use larger strides, less dilation, fewer channels or a smaller [Input]",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownLayout = new(
        DiagnosticIds.UnknownLayout, "There is no such image layout",
        "The layout of images is {0}; it can be ImageLayout.Chw or ImageLayout.Hwc",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_channelValues = new(
        DiagnosticIds.ChannelValues, "Mean and Std have one value, or one for each channel",
        "{0} has {1}; it takes one for all channels, or {2}, one for each",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_meanNotFinite = new(
        DiagnosticIds.MeanNotFinite, "Mean must be finite",
        "{0} is {1}; it must be a finite number, the mean of byte / 255",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_stdNotPositive = new(
        DiagnosticIds.StdNotPositive, "Std must be positive",
        "{0} is {1}; it must be positive and finite, the standard deviation of byte / 255",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_duplicateName = new(
        DiagnosticIds.DuplicateName, "Two layers have the same name",
        "The name '{0}' is already that of {1}; choose another",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_invalidName = new(
        DiagnosticIds.InvalidName, "A layer's name is not valid",
        "The name '{0}' is not valid: {1}; names are segments of ASCII letters, digits, '_' and '-' with dots between them, such as 'conv1' or 'features.0'",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownReference = new(
        DiagnosticIds.UnknownReference, "No layer has this name",
        "{0}: no layer is named '{2}'; before it there are {3}{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_forwardReference = new(
        DiagnosticIds.ForwardReference, "A layer reads only what stands before it",
        "{0}: '{2}' {3}; a layer reads only what stands before it{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unreadResult = new(
        DiagnosticIds.UnreadResult, "Nothing reads the result of a layer",
        "{0}: nothing reads its result; name it in the From of a later layer or in a join, or remove it{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_addedShapesDiffer = new(
        DiagnosticIds.AddedShapesDiffer, "Only equal shapes can be added",
        "{0}: {2} of '{3}' and {4} of '{5}' cannot be added; their shapes must be equal",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_concatenatedMapsDiffer = new(
        DiagnosticIds.ConcatenatedMapsDiffer, "Concatenated maps have one height and width",
        "{0}: {2} of '{3}' and {4} of '{5}' cannot be concatenated; maps need one height and width, and vectors go with vectors",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_nothingToJoin = new(
        DiagnosticIds.NothingToJoin, "A join needs several layers",
        "{0}: one value alone cannot be joined; name the others: [{2}(\"layer\")]{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_softmaxNotLast = new(
        DiagnosticIds.SoftmaxNotLast, "Softmax must be the last layer",
        "{0} is followed by {2}, and the loss {3} needs logits; make [{4}] the last layer or remove it{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_labelSmoothingRange = new(
        DiagnosticIds.LabelSmoothingRange, "Label smoothing is out of range",
        "LabelSmoothing is {0}; it must be at least 0 and below 1",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_labelSmoothingLoss = new(
        DiagnosticIds.LabelSmoothingLoss, "Label smoothing needs cross entropy",
        "LabelSmoothing is for Loss.CrossEntropy and has no meaning for Loss.{0}; remove it",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_classLossOnFeatureMap = new(
        DiagnosticIds.ClassLossOnFeatureMap, "The loss needs one row of class scores",
        "The loss {0} compares one score per class with a label, and the network's output is {1}; end with [GlobalAvgPool2d] or [Linear], choose another [Loss], or set Training = false",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownLoss = new(
        DiagnosticIds.UnknownLoss, "There is no such loss",
        "The loss is {0}, which is none of NetGen.Loss; choose one of {1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_lossAfterActivation = new(
        DiagnosticIds.LossAfterActivation, "The loss reads scores that an activation has squashed",
        "The loss {2} reads raw scores, and {0} squashes them first, which makes the gradients small; remove [{3}] or choose {4}{1}",
        Category, Warning, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unoptimizedCompilation = new(
        DiagnosticIds.UnoptimizedCompilation, "A network is compiled without optimisation",
        "Network '{0}' runs some twenty times slower in an unoptimised build; set <Optimize>true</Optimize> in the project file, or build with '-c Release'",
        Category, Warning, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unrollBudget = new(
        DiagnosticIds.UnrollBudget, "The network is too large to be unrolled as asked",
        "{0} is too large for Unroll.Full: unrolled, its largest kernel would have {1}, and beyond {2} the JIT compiler stops optimising; it keeps loops, as in Unroll.Balanced",
        Category, Warning, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_negativeAlpha = new(
        DiagnosticIds.NegativeAlpha, "ELU needs an alpha of at least 0",
        "{0}: alpha is {2}; it must be at least 0 and finite in float32{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownApproximation = new(
        DiagnosticIds.UnknownApproximation, "Approximation has no such value",
        "{0}: Approximation is {2}; it can be GeluApproximation.None or GeluApproximation.Tanh{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_betaNotPositive = new(
        DiagnosticIds.BetaNotPositive, "Softplus needs a positive beta",
        "{0}: beta is {2}; it must be above 0 and finite in float32{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_thresholdNotANumber = new(
        DiagnosticIds.ThresholdNotANumber, "Softplus needs a number as threshold",
        "{0}: threshold is {2}; it must be a number, as a rule the default 20{1}",
        Category, Error, isEnabledByDefault: true);

    /// <summary>Every diagnostic.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_notPartial, s_containingTypeNotPartial, s_staticClass, s_abstractClass, s_recordClass, s_fileLocalClass, s_genericClass,
        s_primaryConstructor, s_baseClass, s_layersOnAnotherPart, s_layersWithoutNetwork, s_languageVersion, s_memberClash, s_requiredMember, s_unchainedConstructor,
        s_missingInput, s_duplicateInput, s_emptyNetwork, s_duplicateLoss, s_unknownLayer, s_unknownUnroll, s_inputGradientsWithoutTraining, s_unknownConvolution,
        s_contradictoryArguments, s_sizeNotPositive, s_negativePadding, s_linearWithoutOutputs, s_kernelTooLarge, s_groupsDoNotDivideInput,
        s_groupsDoNotDivideOutput, s_poolPaddingTooLarge, s_dropoutProbability, s_negativeSlope, s_featureMapNeeded, s_valueTooLarge,
        s_paddedInputTooLarge, s_tooManyParameters, s_valuesTooLarge, s_memoryTooLarge, s_unknownLayout, s_channelValues, s_meanNotFinite, s_stdNotPositive,
        s_duplicateName, s_invalidName, s_unknownReference, s_forwardReference, s_unreadResult, s_addedShapesDiffer, s_concatenatedMapsDiffer, s_nothingToJoin,
        s_softmaxNotLast, s_labelSmoothingRange, s_labelSmoothingLoss, s_classLossOnFeatureMap, s_unknownLoss, s_lossAfterActivation,
        s_unoptimizedCompilation, s_unrollBudget, s_negativeAlpha, s_unknownApproximation, s_betaNotPositive, s_thresholdNotANumber)
        .AddRange(BlockDescriptors.All)
        .AddRange(NormDescriptors.All)
        .AddRange(ShapeDescriptors.All)
        .AddRange(FullyConvolutionalDescriptors.All)
        .AddRange(OutputDescriptors.All);

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_byId = All.ToImmutableDictionary(descriptor => descriptor.Id);

    /// <summary>The diagnostic with a number out of <see cref="DiagnosticIds"/>.</summary>
    public static DiagnosticDescriptor Get(string id) => s_byId[id];
}
