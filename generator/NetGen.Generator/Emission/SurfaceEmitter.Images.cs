using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

/// <content>Predicting from images of bytes, and warming up.</content>
internal sealed partial class SurfaceEmitter
{
    private const string Image = "global::System.ReadOnlySpan<byte> image";

    private bool TakesImages => PixelRules.IsDeclared(_spec.Layers);

    private string ImageInterface => $"{Runtime}.IImageNetwork<{_target.Identifier}>";

    private void EmitImagePrediction()
    {
        string imageDocumentation = $"/// <param name=\"image\">{ImageBytes()}.</param>";
        string outputDocumentation = $"/// <param name=\"output\">Receives {Values(OutputShape)}.</param>";
        Member(
            ImageInterface,
            SurfaceMembers.PredictImage,
            "Computes the output for one image of bytes. Safe from many threads at once; allocates nothing once warm.",
            "void",
            $"Predict({Image}, {Output})",
            () => InRentedWorkspace($"(({ImageInterface})this).Predict(image, output, workspace);"),
            imageDocumentation,
            outputDocumentation,
            "/// <exception cref=\"global::System.ArgumentException\">The image or the output has another length, or they overlap.</exception>");
        Member(
            ImageInterface,
            SurfaceMembers.PredictImageInWorkspace,
            "Computes the output for one image of bytes in the caller's scratch memory.",
            "void",
            $"Predict({Image}, {Output}, {Runtime}.Workspace workspace)",
            () => Body($"{_state}.PredictImage(image, output, workspace);"),
            imageDocumentation,
            outputDocumentation,
            "/// <param name=\"workspace\">At least <c>WorkspaceBytes</c>, used by no other call meanwhile.</param>",
            "/// <exception cref=\"global::System.ArgumentException\">The image or the output has another length, they overlap, or the workspace is too small.</exception>",
            "/// <exception cref=\"global::System.InvalidOperationException\">Another call uses the workspace.</exception>");
        Member(
            ImageInterface,
            SurfaceMembers.ClassifyImage,
            DefinitionEmitter.DecisionThreshold(_result) is { } threshold ? $"Whether the output for an image of bytes is above {threshold.TrimEnd('f')}: 1 or 0." : $"The index of the largest {Decisive} for an image of bytes.",
            "int",
            $"Classify({Image})",
            () => InRentedWorkspace(
                $"global::System.Span<float> output = {_state}.OutputOf(workspace);",
                $"(({ImageInterface})this).Predict(image, output, workspace);",
                $"return {_state}.PredictedClass({FirstOutput});"),
            imageDocumentation,
            "/// <exception cref=\"global::System.ArgumentException\">The image has another length.</exception>");
    }

    private void EmitWarmup()
    {
        string predict = TakesImages
            ? $"(({ImageInterface})this).Predict(new byte[{InputShape.Length}], {_state}.OutputOf(workspace), workspace);"
            : $"(({Interface})this).Predict(new float[{InputShape.Length}], {_state}.OutputOf(workspace), workspace);";
        Member(
            SurfaceMembers.Warmup,
            "Predicts once, on zeros, so that no later prediction has to wait for code to be compiled, for derived weights or for memory.",
            "void",
            "Warmup()",
            () => InRentedWorkspace(predict));
    }

    private void InRentedWorkspace(params string[] lines) => Body(
    [
        $"{Runtime}.Workspace workspace = {_state}.RentWorkspace();",
        "try",
        "{",
        .. lines.Select(line => $"    {line}"),
        "}",
        "finally",
        "{",
        $"    {_state}.ReturnWorkspace(workspace);",
        "}",
    ]);

    private string ImageBytes()
    {
        string order = _result.Pixels is not { Layout: PixelLayout.Hwc } ? "channel by channel" : "pixel by pixel, each with all its channels";
        return InputShape.IsVector ? $"{InputShape.Length} bytes" : $"{InputShape.Length} bytes, {InputShape}, {order}";
    }
}
