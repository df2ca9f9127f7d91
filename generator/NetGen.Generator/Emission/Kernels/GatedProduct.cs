using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>One factor of a product of maps.</summary>
/// <param name="Reference">The reference to it.</param>
/// <param name="IsGate">Whether it has one number for each channel, which lie as a vector.</param>
internal readonly record struct Factor(string Reference, bool IsGate);

/// <summary>Writes products of maps that lie alike and of numbers for each of their channels, and the sums of such products over each channel.</summary>
internal static class GatedProduct
{
    /// <summary>Writes the call of a kernel that stores the product, then an activation of it.</summary>
    /// <param name="canShare">Whether threads may share the product, where they share the step.</param>
    public static void EmitCall(
        StepWriter step,
        TensorView view,
        IReadOnlyList<Factor> factors,
        string destination,
        ActivationOperator? activation = null,
        bool canShare = false)
    {
        bool takesRange = canShare && step.TakesRanges;
        string suffix = activation is null ? "" : "_" + ActivationEmitter.StemOf(activation);
        step.ForEachWidth(width => EmitCall(
            step,
            new Kernel("GatedProduct", view, Gates(factors), activation, takesRange, width),
            suffix,
            factors,
            destination,
            takesRange ? step.RangeArguments(ChannelLoops.Units(view)) : "",
            (source, kernel) => EmitProduct(source, kernel)));
    }

    /// <summary>Writes the call of a kernel that stores the products' sum over each channel.</summary>
    /// <param name="gate">Where the sums go, which are cleared up to its end.</param>
    public static void EmitSumCall(StepWriter step, TensorView view, IReadOnlyList<Factor> factors, string destination, TensorView gate)
    {
        step.ForEachWidth(width => EmitCall(
            step, new Kernel("ProductSums", view, Gates(factors), null, false, width), "", factors, destination, "", EmitSums));

        // Planes give as many sums as there are channels, blocks fill up the last vector with zeros.
        int written = view.Layout == TensorLayout.Blocked ? TensorView.RoundUp(view.Shape.Channels) : view.Shape.Channels;
        if (written < gate.Floats)
        {
            step.Writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At(destination, written)}, {gate.Floats - written}).Clear();");
        }
    }

    private static void EmitCall(
        StepWriter step,
        Kernel kernel,
        string suffix,
        IReadOnlyList<Factor> factors,
        string destination,
        string range,
        Action<SourceWriter, Kernel> emitBody)
    {
        TensorShape shape = kernel.View.Shape;
        string name = step.Kernels.GetOrAdd(
            kernel.Width,
            kernel,
            $"{kernel.Stem}_{shape.Channels}x{shape.Height}x{shape.Width}_{kernel.Pattern}{suffix}",
            (source, method) =>
            {
                source.Line(kernel.Comment);
                source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                string parameters = string.Concat(kernel.Names.Select(factor => $"ref float {factor}, "));
                using (source.Open($"internal static void {method}({parameters}ref float destination{(kernel.TakesRange ? ", int first, int end" : "")})"))
                {
                    emitBody(source, kernel);
                }
            });
        string arguments = string.Concat(factors.Select(factor => $"ref {factor.Reference}, "));
        step.Writer.Line($"{name}({arguments}ref {destination}{range});");
    }

    private static void EmitProduct(SourceWriter source, Kernel kernel)
    {
        var loops = new ChannelLoops(source, kernel.View, kernel.Width);
        loops.ForEachChannel(
            () =>
            {
                EmitGate(source, loops, kernel);
                loops.ForEachVector(i =>
                {
                    source.Line($"{kernel.Width.Type} product = {Product(kernel, i)};");
                    string value = ActivationEmitter.Apply(kernel.Activation, kernel.Width, "product");
                    source.Line(kernel.Width.Store(value, Refs.At("destination", i)));
                });
            },
            kernel.TakesRange);
    }

    private static void EmitSums(SourceWriter source, Kernel kernel)
    {
        var loops = new ChannelLoops(source, kernel.View, kernel.Width);
        loops.ForEachChannel(() =>
        {
            EmitGate(source, loops, kernel);
            loops.Sum(["sum"], (i, ofRow) => source.Line($"{ofRow("sum")} += {Product(kernel, i)};"));
            loops.EmitStore("sum", "destination", add: false);
        });
    }

    /// <summary>Declares <c>gate</c>, the product of the channel's numbers, if there are any.</summary>
    private static void EmitGate(SourceWriter source, ChannelLoops loops, Kernel kernel)
    {
        string[] gates = kernel.Names.Where((_, i) => kernel.Gates[i]).Select(loops.Load).ToArray();
        if (gates.Length > 0)
        {
            source.Line($"{kernel.Width.Type} gate = {string.Join(" * ", gates)};");
        }
    }

    private static string Product(Kernel kernel, string index)
    {
        IEnumerable<string> maps = kernel.Names.Where((_, i) => !kernel.Gates[i]).Select(name => kernel.Width.Load(Refs.At(name, index)));
        return string.Join(" * ", kernel.Gates.Contains(true) ? maps.Append("gate") : maps);
    }

    private static EquatableArray<bool> Gates(IEnumerable<Factor> factors) => factors.Select(factor => factor.IsGate).ToEquatableArray();

    /// <summary>Everything that a kernel's source depends on.</summary>
    /// <param name="Gates">Of each factor, whether it has one number for each channel.</param>
    private sealed record Kernel(
        string Stem, TensorView View, EquatableArray<bool> Gates, ActivationOperator? Activation, bool TakesRange, VectorWidth Width)
    {
        public IReadOnlyList<string> Names { get; } = [.. Gates.Select((isGate, i) => $"{(isGate ? "gate" : "map")}{i + 1}")];

        /// <summary>The kinds of the factors in a name: <c>mg</c> for a map and a gate.</summary>
        public string Pattern => string.Concat(Gates.Select(isGate => isGate ? "g" : "m"));

        public string Comment
        {
            get
            {
                string layout = View.Layout == TensorLayout.Blocked ? "blocks of 16 channels" : "planes";
                int maps = Gates.Count(isGate => !isGate);
                string factors = $"{maps} {(maps == 1 ? "map" : "maps")} and {Gates.Count - maps} numbers for each channel";
                string product = Stem == "ProductSums" ? "Sums over each channel of the product" : "Product";
                return $"// {product} of {factors}{(Activation is null ? "" : $", {Activation.Description}")}: {View.Shape}, in {layout}.";
            }
        }
    }
}
