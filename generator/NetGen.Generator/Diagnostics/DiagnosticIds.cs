namespace NetGen.Generator.Diagnostics;

/// <summary>The numbers of the diagnostics; <see cref="Descriptors"/> has their texts. The graph names its problems by them.</summary>
internal static class DiagnosticIds
{
    // The class.
    public const string NotPartial = "NETGEN001";
    public const string ContainingTypeNotPartial = "NETGEN002";
    public const string StaticClass = "NETGEN003";
    public const string AbstractClass = "NETGEN004";
    public const string RecordClass = "NETGEN005";
    public const string FileLocalClass = "NETGEN006";
    public const string GenericClass = "NETGEN007";
    public const string PrimaryConstructor = "NETGEN008";
    public const string BaseClass = "NETGEN009";
    public const string LayersOnAnotherPart = "NETGEN010";
    public const string LayersWithoutNetwork = "NETGEN011";
    public const string LanguageVersion = "NETGEN012";
    public const string MemberClash = "NETGEN013";
    public const string RequiredMember = "NETGEN014";
    public const string UnchainedConstructor = "NETGEN015";

    // The network as a whole.
    public const string MissingInput = "NETGEN020";
    public const string DuplicateInput = "NETGEN021";
    public const string EmptyNetwork = "NETGEN022";
    public const string DuplicateLoss = "NETGEN023";
    public const string UnknownLayer = "NETGEN024";
    public const string UnknownUnroll = "NETGEN025";
    public const string InputGradientsWithoutTraining = "NETGEN026";
    public const string UnknownConvolution = "NETGEN027";

    // The arguments and shapes of layers.
    public const string ContradictoryArguments = "NETGEN030";
    public const string SizeNotPositive = "NETGEN031";
    public const string NegativePadding = "NETGEN032";
    public const string LinearWithoutOutputs = "NETGEN033";
    public const string KernelTooLarge = "NETGEN034";
    public const string GroupsDoNotDivideInput = "NETGEN035";
    public const string GroupsDoNotDivideOutput = "NETGEN036";
    public const string PoolPaddingTooLarge = "NETGEN037";
    public const string DropoutProbability = "NETGEN038";
    public const string NegativeSlope = "NETGEN039";
    public const string FeatureMapNeeded = "NETGEN040";
    public const string ValueTooLarge = "NETGEN041";
    public const string PaddedInputTooLarge = "NETGEN042";
    public const string TooManyParameters = "NETGEN043";
    public const string ValuesTooLarge = "NETGEN044";
    public const string MemoryTooLarge = "NETGEN045";
    public const string UnknownLayout = "NETGEN046";
    public const string ChannelValues = "NETGEN047";
    public const string MeanNotFinite = "NETGEN048";
    public const string StdNotPositive = "NETGEN049";

    // The names of layers.
    public const string DuplicateName = "NETGEN050";
    public const string InvalidName = "NETGEN051";
    public const string UnknownReference = "NETGEN052";
    public const string ForwardReference = "NETGEN053";
    public const string UnreadResult = "NETGEN054";
    public const string AddedShapesDiffer = "NETGEN055";
    public const string ConcatenatedMapsDiffer = "NETGEN056";
    public const string NothingToJoin = "NETGEN057";

    // The loss.
    public const string SoftmaxNotLast = "NETGEN060";
    public const string LabelSmoothingRange = "NETGEN061";
    public const string LabelSmoothingLoss = "NETGEN062";
    public const string ClassLossOnFeatureMap = "NETGEN063";
    public const string UnknownLoss = "NETGEN064";
    public const string LossAfterActivation = "NETGEN065";

    // The code that comes of it.
    public const string UnoptimizedCompilation = "NETGEN070";
    public const string UnrollBudget = "NETGEN071";

    // The arguments of activations.
    public const string NegativeAlpha = "NETGEN080";
    public const string UnknownApproximation = "NETGEN081";
    public const string BetaNotPositive = "NETGEN082";
    public const string ThresholdNotANumber = "NETGEN083";

    // Blocks. NETGEN090 is the package's own, about publishing with NativeAOT.
    public const string NotInBlock = "NETGEN091";
    public const string EmptyBlock = "NETGEN092";
    public const string NoBlock = "NETGEN093";
    public const string NoBlockSpecification = "NETGEN094";
    public const string UnknownParameter = "NETGEN095";
    public const string UseArguments = "NETGEN096";
    public const string BlockRecursion = "NETGEN097";
    public const string BlockArgument = "NETGEN098";
    public const string TooManyLayers = "NETGEN099";

    // Gates, adaptive pools and norms.
    public const string MultipliedShapesDiffer = "NETGEN100";
    public const string EpsilonNotPositive = "NETGEN101";
    public const string UnknownNormAxes = "NETGEN102";
    public const string NormConstantOutOfRange = "NETGEN103";
    public const string MomentumRange = "NETGEN104";
    public const string InitialValueNotFinite = "NETGEN105";

    // Layers that resample, take apart and rearrange maps.
    public const string UnknownMode = "NETGEN110";
    public const string CornersOfNearest = "NETGEN111";
    public const string OutputPaddingTooLarge = "NETGEN112";
    public const string NothingLeftOfResult = "NETGEN113";
    public const string TransposedResultTooLarge = "NETGEN114";
    public const string SequenceNeeded = "NETGEN115";
    public const string PadValueNotFinite = "NETGEN116";
    public const string ReflectionTooWide = "NETGEN117";
    public const string SliceOutOfRange = "NETGEN118";
    public const string ShuffleGroups = "NETGEN119";

    // Fully convolutional networks and what they are derived from.
    public const string NoSourceNetwork = "NETGEN120";
    public const string SourceHasMistakes = "NETGEN121";
    public const string LayersOnDerived = "NETGEN122";
    public const string DeclaredTwice = "NETGEN123";
    public const string SmallerThanSource = "NETGEN124";
    public const string SourceInput = "NETGEN125";
    public const string NotConvolutional = "NETGEN126";
    public const string BranchesCoverDifferently = "NETGEN127";
    public const string PaddedSource = "NETGEN128";
    public const string DerivedTooLarge = "NETGEN129";

    // Several outputs.
    public const string InvalidOutputName = "NETGEN130";
    public const string DuplicateOutputName = "NETGEN131";
    public const string OutputOfInput = "NETGEN132";
    public const string LossOfSeveralOutputs = "NETGEN133";
}
