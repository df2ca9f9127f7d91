using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

/// <content>Loading, saving and predicting.</content>
internal sealed partial class SurfaceEmitter
{
    private const string Input = "global::System.ReadOnlySpan<float> input";
    private const string Output = "global::System.Span<float> output";
    private const string Stream = "global::System.IO.Stream stream";

    private void EmitPersistence()
    {
        Load(SurfaceMembers.LoadPath, "string path", "path", "A safetensors file with PyTorch's names and layouts.");
        Load(SurfaceMembers.LoadStream, Stream, "stream", "A safetensors file; the stream stays open.");
        Save(SurfaceMembers.SavePath, "string path", "path", "Where the file goes; what was there is replaced only by a whole one.");
        Save(SurfaceMembers.SaveStream, Stream, "stream", "Where the file goes; the stream stays open.");
    }

    private void Load(string signature, string parameter, string argument, string about)
    {
        Member(
            signature,
            "Makes a network with the weights of a safetensors file.",
            $"static {_target.Identifier}",
            $"Load({parameter})",
            () => Body(
                $"{Runtime}.CompilerServices.NetworkState state = {Private(SourceNames.CreateState)}();",
                $"state.Load({argument});",
                $"return new {_target.Identifier}(state);"),
            $"/// <param name=\"{argument}\">{about}</param>",
            $"/// <exception cref=\"{Runtime}.WeightsFormatException\">The file is no safetensors file; the message says where and why.</exception>",
            $"/// <exception cref=\"{Runtime}.WeightsMismatchException\">The file's tensors are not those of this network.</exception>");
    }

    private void Save(string signature, string parameter, string argument, string about) => Member(
        signature,
        "Saves the weights as safetensors, in PyTorch's names and layouts.",
        "void",
        $"Save({parameter})",
        () => Body($"{_state}.Save({argument});"),
        $"/// <param name=\"{argument}\">{about}</param>");

    private void EmitPrediction()
    {
        string inputDocumentation = $"/// <param name=\"input\">{Values(InputShape)}.</param>";
        string workspaceDocumentation = "/// <param name=\"workspace\">At least <c>WorkspaceBytes</c>, used by no other call meanwhile.</param>";
        string outputDocumentation = $"/// <param name=\"output\">Receives {Values(OutputShape)}.</param>";
        Member(
            SurfaceMembers.Predict,
            "Computes the output for one input. Safe from many threads at once; allocates nothing once warm.",
            "void",
            $"Predict({Input}, {Output})",
            () => InRentedWorkspace($"(({Interface})this).Predict(input, output, workspace);"),
            inputDocumentation,
            outputDocumentation,
            "/// <exception cref=\"global::System.ArgumentException\">The input or the output has another length, or they overlap.</exception>");
        Member(
            SurfaceMembers.PredictInWorkspace,
            "Computes the output for one input in the caller's scratch memory.",
            "void",
            $"Predict({Input}, {Output}, {Runtime}.Workspace workspace)",
            EmitPredictInWorkspace,
            inputDocumentation,
            outputDocumentation,
            workspaceDocumentation,
            "/// <exception cref=\"global::System.ArgumentException\">The input or the output has another length, they overlap, or the workspace is too small.</exception>",
            "/// <exception cref=\"global::System.InvalidOperationException\">Another call uses the workspace.</exception>");
        EmitBatches();
        Member(
            SurfaceMembers.Classify,
            DefinitionEmitter.DecisionThreshold(_result) is { } threshold ? $"Whether the output is above {threshold.TrimEnd('f')}: 1 or 0." : $"The index of the largest {Decisive}.",
            "int",
            $"Classify({Input})",
            () => InRentedWorkspace(
                $"global::System.Span<float> output = {_state}.OutputOf(workspace);",
                $"(({Interface})this).Predict(input, output, workspace);",
                $"return {_state}.PredictedClass({FirstOutput});"),
            inputDocumentation,
            "/// <exception cref=\"global::System.ArgumentException\">The input has another length.</exception>");
        Summary("The trained tensors, in PyTorch's names, order and layout. Writing them must not overlap a prediction.");
        string type = $"{Runtime}.ParameterSet";
        string value = _schedule is null ? $"=> {Throw};" : $"=> {_state}.ParameterSet;";
        Declare(IsOccupied(SurfaceMembers.Parameters) ? $"{type} {Interface}.Parameters {value}" : $"public {type} Parameters {value}");
        _writer.Line();
    }

    /// <summary>A small network's program is called straight, the others by the runtime on as many threads as the workspace has.</summary>
    private void EmitPredictInWorkspace()
    {
        if (_schedule is { Inference.IsShared: true })
        {
            Body($"{_state}.Predict(input, output, workspace);");
            return;
        }

        Body(
            $"ref float arena = ref {_state}.Enter(workspace, input, output);",
            "try",
            "{",
            $"    {Private(SourceNames.Infer)}(",
            "        ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(input),",
            "        ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(output),",
            $"        ref {_state}.Parameters,",
            $"        ref {_state}.Packed,",
            "        ref arena);",
            "}",
            "finally",
            "{",
            $"    {_state}.Exit(workspace);",
            "}");
    }

    private void EmitBatches()
    {
        const string Parameters = "global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs, int count";
        string[] documentation =
        [
            $"/// <param name=\"inputs\">The inputs, one after the other: {Values(InputShape)} each.</param>",
            $"/// <param name=\"outputs\">Receives the outputs, one after the other: {Values(OutputShape)} each.</param>",
            "/// <param name=\"count\">Number of images; 0 does nothing.</param>",
        ];
        string[] exceptions =
        [
            "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The count is negative.</exception>",
            "/// <exception cref=\"global::System.ArgumentException\">The inputs or the outputs have another length, they overlap, or the workspace is too small.</exception>",
        ];
        Member(
            SurfaceMembers.PredictBatch,
            "Computes the outputs for a batch, with fewer readings of the weights than one by one. Safe from many threads at once; allocates nothing once warm.",
            "void",
            $"PredictBatch({Parameters})",
            () => Body($"{_state}.PredictBatch(inputs, outputs, count);"),
            [.. documentation, .. exceptions]);
        Member(
            SurfaceMembers.PredictBatchInWorkspace,
            "Computes the outputs for a batch in the caller's scratch memory.",
            "void",
            $"PredictBatch({Parameters}, {Runtime}.Workspace workspace)",
            () => Body($"{_state}.PredictBatch(inputs, outputs, count, workspace);"),
            [
                .. documentation,
                "/// <param name=\"workspace\">At least <c>BatchWorkspaceBytes</c>, used by no other call meanwhile.</param>",
                .. exceptions,
                "/// <exception cref=\"global::System.InvalidOperationException\">Another call uses the workspace.</exception>",
            ]);
    }

    private static string Values(TensorShape shape) => shape.IsVector ? $"{shape.Length} values" : $"{shape.Length} values, {shape}";
}
