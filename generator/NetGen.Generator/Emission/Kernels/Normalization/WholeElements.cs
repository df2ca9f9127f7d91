using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>All elements of an image. Weights lie as the elements do. Rows are summed apart, which keeps rounding errors small.</summary>
/// <param name="isVector">Whether they follow each other without a gap, in whatever order.</param>
internal sealed class WholeElements(SourceWriter writer, TensorView view, VectorWidth width, bool isVector) : NormElements(writer, view, width)
{
    public override int Count => (int)View.Shape.Length;

    public override string Layout => isVector ? "as a vector" : IsBlocked ? "in blocks of 16 channels" : "in planes";

    private bool IsBlocked => View.Layout == TensorLayout.Blocked;

    /// <summary>Floats in rows without lanes that have no channel.</summary>
    private int RowFloats => IsBlocked ? View.Shape.Channels / TensorView.Block * View.BlockStride : View.Shape.Channels * View.BlockStride;

    public override void ForEachGroup(Action body, bool takesRange) => body();

    public override void Sum(string[] names, Action<NormVector, Func<string, string>> body)
    {
        Declare(names);
        ForEachRow(
            () => Declare(names.Select(InRow)),
            vector => body(vector, InRow),
            () =>
            {
                foreach (string name in names)
                {
                    Writer.Line($"{name} += {InRow(name)};");
                }
            },
            withGaps: false);

        static string InRow(string name) => $"{name}OfRow";
    }

    public override void ForEachVector(Action<NormVector> body) => ForEachRow(null, body, null, withGaps: true);

    public override void EmitAdd(NormVector vector, string weight, string bias)
    {
        EmitAddAt(vector.At("weightGradient"), weight);
        EmitAddAt(vector.At("biasGradient"), bias);
    }

    private void ForEachRow(Action? before, Action<NormVector> body, Action? after, bool withGaps)
    {
        if (isVector)
        {
            using (Writer.Open())
            {
                EmitRow(null, Count, View.Floats);
            }

            return;
        }

        if (RowFloats > 0)
        {
            using (Writer.Open($"for (int row = 0; row < {RowFloats}; row += {View.RowStride})"))
            {
                EmitRow("row", IsBlocked ? View.RowStride : View.Shape.Width, View.RowStride);
            }
        }

        if (IsBlocked && View.Shape.Channels % TensorView.Block > 0)
        {
            using (Writer.Open($"for (int pixel = {RowFloats}; pixel < {RowFloats + View.BlockStride}; pixel += {TensorView.Block})"))
            {
                EmitRow("pixel", View.Shape.Channels % TensorView.Block, TensorView.Block);
            }
        }

        void EmitRow(string? start, int elements, int floats)
        {
            before?.Invoke();
            Lanes.ForEachVector(Writer, Width, elements, "i", (index, offset, count) => EmitVector(index, offset, count));
            int covered = (elements + Width.Lanes - 1) / Width.Lanes * Width.Lanes;
            if (withGaps && covered < floats)
            {
                using (Writer.Open($"for (int i = {covered}; i < {floats}; i += {Width.Lanes})"))
                {
                    EmitVector("i", 0, 0);
                }
            }

            after?.Invoke();

            void EmitVector(string? index, int offset, int count)
            {
                string? place = start is null ? index : index is null ? start : $"{start} + {index}";
                body(new NormVector(At, At, count));

                string At(string reference) => Refs.At(reference, place, 1, offset);
            }
        }
    }
}
