using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

/// <content>Predicting into one span for each of several outputs.</content>
internal sealed partial class SurfaceEmitter
{
    private bool HasSeveralOutputs => _spec.Outputs.Count > 1;

    /// <summary>The outputs with their places in the whole; without lengths in a network with mistakes.</summary>
    private IEnumerable<(string Parameter, string Name, TensorShape Shape, long First)> Outputs
    {
        get
        {
            long first = 0;
            for (int i = 0; i < _spec.Outputs.Count; i++)
            {
                TensorShape shape = _result.Graph?.Outputs[i].Shape ?? TensorShape.Vector(0);
                yield return (_spec.Outputs[i], _spec.Outputs[i].TrimStart('@'), shape, first);
                first += shape.Length;
            }
        }
    }

    /// <summary>The part of a prediction that the predicted class is of.</summary>
    private string FirstOutput => HasSeveralOutputs ? $"output.Slice(0, {Outputs.First().Shape.Length})" : "output";

    private string Decisive => HasSeveralOutputs ? $"value of the output {Outputs.First().Name}" : "output";

    private void EmitOutputLengths()
    {
        foreach ((_, string name, TensorShape shape, _) in Outputs)
        {
            Constant("int", OutputRules.LengthOf(name), shape.Length, $"Floats of the output {name}: {shape}.");
        }
    }

    private void EmitOutputPrediction(bool ofImage)
    {
        (string source, string parameter, string @interface, string about) = ofImage
            ? ("image", Image, ImageInterface, ImageBytes())
            : ("input", Input, Interface, Values(InputShape));
        string parameters = $"{parameter}, {string.Join(", ", Outputs.Select(output => $"global::System.Span<float> {output.Parameter}"))}";
        string what = ofImage ? "one image of bytes" : "one input";
        string[] lines =
        [
            .. Outputs.Select(output => $"{_state}.CheckOutput({output.Parameter}, {output.Shape.Length}, {Literals.Text(output.Name)});"),
            $"(({@interface})this).Predict({source}, {_state}.OutputOf(workspace), workspace);",
            .. Outputs.Select(output => $"{_state}.OutputOf(workspace).Slice({output.First}, {output.Shape.Length}).CopyTo({output.Parameter});"),
        ];
        string[] documentation =
        [
            $"/// <param name=\"{source}\">{about}.</param>",
            .. Outputs.Select(output => $"/// <param name=\"{output.Name}\">Receives {Values(output.Shape)}.</param>"),
        ];
        OwnMember(
            SurfaceMembers.PredictOutputs(ofImage, _spec.Outputs.Count, inWorkspace: false),
            $"Computes the outputs for {what}. Safe from many threads at once; allocates nothing once warm.",
            $"Predict({parameters})",
            () => InRentedWorkspace(lines),
            [
                .. documentation,
                $"/// <exception cref=\"global::System.ArgumentException\">The {source} or an output has another length.</exception>",
            ]);
        OwnMember(
            SurfaceMembers.PredictOutputs(ofImage, _spec.Outputs.Count, inWorkspace: true),
            $"Computes the outputs for {what} in the caller's scratch memory.",
            $"Predict({parameters}, {Runtime}.Workspace workspace)",
            () => Body(lines),
            [
                .. documentation,
                "/// <param name=\"workspace\">At least <c>WorkspaceBytes</c>, used by no other call meanwhile.</param>",
                $"/// <exception cref=\"global::System.ArgumentException\">The {source} or an output has another length, or the workspace is too small.</exception>",
                "/// <exception cref=\"global::System.InvalidOperationException\">Another call uses the workspace.</exception>",
            ]);
    }

    /// <summary>Writes a method that no interface asks for, unless the class has one like it.</summary>
    private void OwnMember(string signature, string summary, string declaration, Action body, string[] documentation)
    {
        if (!IsOccupied(signature))
        {
            Member(signature, summary, "void", declaration, body, documentation);
        }
    }
}
