using System.Collections.Immutable;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Declaration;

/// <summary>A public member that the generator adds to a network's class.</summary>
/// <param name="Signature">What messages and <see cref="TargetClass.OccupiedMembers"/> call it.</param>
/// <param name="Name">Its name in metadata.</param>
/// <param name="ParameterTypes">The types of its parameters; the default for what is no method.</param>
/// <param name="IsProperty">Whether it is a property, which takes the names of its accessors too.</param>
internal sealed record SurfaceMember(
    string Signature, string Name, ImmutableArray<string> ParameterTypes = default, bool IsProperty = false)
{
    public bool IsMethod => !ParameterTypes.IsDefault;

    /// <summary>The names in metadata that no other kind of member can have beside it.</summary>
    public IEnumerable<string> Names => IsProperty ? [Name, "get_" + Name, "set_" + Name] : [Name];
}

/// <summary>The members that the generator adds to a network's class: the parser looks for clashes, the emitter leaves out what clashes.</summary>
internal static class SurfaceMembers
{
    public const string InputLength = "InputLength";
    public const string OutputLength = "OutputLength";
    public const string ParameterCount = "ParameterCount";
    public const string MultiplyAdds = "MultiplyAdds";
    public const string WorkspaceBytes = "WorkspaceBytes";
    public const string WeightBytes = "WeightBytes";
    public const string BatchWorkspaceBytes = "BatchWorkspaceBytes";
    public const string Parameters = "Parameters";
    public const string Constructor = "constructor(int)";
    public const string LoadPath = "Load(string)";
    public const string LoadStream = "Load(Stream)";
    public const string SavePath = "Save(string)";
    public const string SaveStream = "Save(Stream)";
    public const string Predict = "Predict(ReadOnlySpan<float>, Span<float>)";
    public const string PredictInWorkspace = "Predict(ReadOnlySpan<float>, Span<float>, Workspace)";
    public const string PredictBatch = "PredictBatch(ReadOnlySpan<float>, Span<float>, int)";
    public const string PredictBatchInWorkspace = "PredictBatch(ReadOnlySpan<float>, Span<float>, int, Workspace)";
    public const string Classify = "Classify(ReadOnlySpan<float>)";
    public const string Activations = "Activations(ReadOnlySpan<float>)";
    public const string Warmup = "Warmup()";
    public const string PredictImage = "Predict(ReadOnlySpan<byte>, Span<float>)";
    public const string PredictImageInWorkspace = "Predict(ReadOnlySpan<byte>, Span<float>, Workspace)";
    public const string ClassifyImage = "Classify(ReadOnlySpan<byte>)";

    private const string String = "string";
    private const string Stream = "System.IO.Stream";
    private const string Input = "System.ReadOnlySpan<float>";
    private const string Image = "System.ReadOnlySpan<byte>";
    private const string Output = "System.Span<float>";
    private const string Workspace = "NetGen.Workspace";

    public static ImmutableArray<SurfaceMember> Public { get; } = ImmutableArray.Create(
        new SurfaceMember(InputLength, InputLength),
        new SurfaceMember(OutputLength, OutputLength),
        new SurfaceMember(ParameterCount, ParameterCount),
        new SurfaceMember(MultiplyAdds, MultiplyAdds),
        new SurfaceMember(WorkspaceBytes, WorkspaceBytes),
        new SurfaceMember(WeightBytes, WeightBytes),
        new SurfaceMember(BatchWorkspaceBytes, BatchWorkspaceBytes),
        new SurfaceMember(Parameters, Parameters, IsProperty: true),
        new SurfaceMember(Constructor, ".ctor", ImmutableArray.Create("int")),
        new SurfaceMember(LoadPath, "Load", ImmutableArray.Create(String)),
        new SurfaceMember(LoadStream, "Load", ImmutableArray.Create(Stream)),
        new SurfaceMember(SavePath, "Save", ImmutableArray.Create(String)),
        new SurfaceMember(SaveStream, "Save", ImmutableArray.Create(Stream)),
        new SurfaceMember(Predict, "Predict", ImmutableArray.Create(Input, Output)),
        new SurfaceMember(PredictInWorkspace, "Predict", ImmutableArray.Create(Input, Output, Workspace)),
        new SurfaceMember(PredictBatch, "PredictBatch", ImmutableArray.Create(Input, Output, "int")),
        new SurfaceMember(PredictBatchInWorkspace, "PredictBatch", ImmutableArray.Create(Input, Output, "int", Workspace)),
        new SurfaceMember(Classify, "Classify", ImmutableArray.Create(Input)),
        new SurfaceMember(Activations, "Activations", ImmutableArray.Create(Input)),
        new SurfaceMember(Warmup, "Warmup", ImmutableArray<string>.Empty));

    /// <summary>The members that networks have besides which take images of bytes.</summary>
    private static ImmutableArray<SurfaceMember> PublicForImages { get; } = ImmutableArray.Create(
        new SurfaceMember(PredictImage, "Predict", ImmutableArray.Create(Image, Output)),
        new SurfaceMember(PredictImageInWorkspace, "Predict", ImmutableArray.Create(Image, Output, Workspace)),
        new SurfaceMember(ClassifyImage, "Classify", ImmutableArray.Create(Image)));

    /// <summary>The members that a network with these attributes has.</summary>
    public static ImmutableArray<SurfaceMember> Of(IReadOnlyCollection<LayerSpec> layers)
    {
        ImmutableArray<string> outputs = OutputRules.Names(layers);
        bool takesImages = PixelRules.IsDeclared(layers);
        ImmutableArray<SurfaceMember> members = takesImages ? Public.AddRange(PublicForImages) : Public;
        return outputs.Length < 2 ? members : members
            .RemoveAll(member => member.Name == "Predict")
            .AddRange(outputs.Select(OutputRules.LengthOf).Select(length => new SurfaceMember(length, length)))
            .AddRange((takesImages ? new[] { Input, Image } : new[] { Input }).SelectMany(input => new[] { PredictOf(input, outputs.Length), PredictOf(input, outputs.Length, Workspace) }));
    }

    /// <summary>What <see cref="TargetClass.OccupiedMembers"/> calls the <c>Predict</c> that takes one span for each of several outputs.</summary>
    public static string PredictOutputs(bool ofImage, int outputs, bool inWorkspace) =>
        PredictOf(ofImage ? Image : Input, outputs, inWorkspace ? new[] { Workspace } : Array.Empty<string>()).Signature;

    private static SurfaceMember PredictOf(string input, int outputs, params string[] more)
    {
        ImmutableArray<string> types = new[] { input }.Concat(Enumerable.Repeat(Output, outputs)).Concat(more).ToImmutableArray();
        return new SurfaceMember($"Predict({string.Join(", ", types.Select(type => type.Substring(type.LastIndexOf('.') + 1)))})", "Predict", types);
    }

    /// <summary>
    /// The members that only generated code uses. Each bears <see cref="TargetClass.PrivateSuffix"/>, which is not empty where
    /// the class has a member of one of these names.
    /// </summary>
    public static ImmutableArray<string> Private { get; } = ImmutableArray.Create(
        SourceNames.State,
        SourceNames.CreateState,
        SourceNames.MarkKernels,
        SourceNames.Infer,
        SourceNames.InferGroup,
        SourceNames.Inspect,
        SourceNames.PackForInference,
        SourceNames.TrainForward,
        SourceNames.TrainBackward,
        SourceNames.PackForTraining);
}
