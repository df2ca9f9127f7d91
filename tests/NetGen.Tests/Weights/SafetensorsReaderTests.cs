using Xunit;
using static NetGen.Tests.Weights.SafetensorsFile;

namespace NetGen.Tests.Weights;

public sealed class SafetensorsReaderTests
{
    [Fact]
    public void Tensors_come_in_the_order_of_their_data()
    {
        string header = "{\"__metadata__\":{\"format\":\"pt\"}," + Entry("late", "F32", "[1,2]", 4, 12) + "," + Entry("early", "F32", "[]", 0, 4) + "}   ";
        SafetensorsReader reader = new(new TrickleStream(Make(header, Bytes(7, 8, 9))), "stream");
        Assert.Equal(["early", "late"], reader.Tensors.Select(tensor => tensor.Name));
        Assert.Empty(reader.Tensors[0].Shape);
        Assert.Equal([1L, 2L], reader.Tensors[1].Shape.ToArray());
        Assert.Equal(2, reader.Tensors[1].Length);
        float[] scalar = new float[1];
        float[] vector = new float[2];
        reader.Read(reader.Tensors[0], scalar);
        reader.Read(reader.Tensors[1], vector);
        reader.ReadEnd();
        Assert.Equal([7], scalar);
        Assert.Equal([8, 9], vector);
    }

    [Fact]
    public void Tensors_without_elements_and_unknown_members_are_well_formed()
    {
        string header = """{"none":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0],"more":{"of":["it"]}},"all":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}}""";
        SafetensorsReader reader = new(new MemoryStream(Make(header, Bytes(1))), "stream");
        Assert.Equal(["none", "all"], reader.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_file_without_tensors_is_well_formed()
    {
        SafetensorsReader reader = new(new MemoryStream(Make("{}", [])), "stream");
        Assert.Empty(reader.Tensors);
        reader.ReadEnd();
    }

    [Fact]
    public void Floating_point_types_convert()
    {
        float[] values = [1, -2.5f, 65504, 0.333251953125f, float.NegativeInfinity, float.NaN, -0f, 5.9604645e-8f];
        Check("F32", values, 4, Bytes(values));
        Check("F16", values, 2, [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]);
        Check("F64", values, 8, [.. values.SelectMany(value => BitConverter.GetBytes((double)value))]);
        float[] coarse = [1, -2.5f, 65536, 0.33398438f, float.PositiveInfinity, float.NaN, 1e-40f];
        coarse[6] = BitConverter.UInt32BitsToSingle(0x0001_0000);
        Check("BF16", coarse, 2, [.. coarse.SelectMany(value => BitConverter.GetBytes(value)[2..])]);
        Check("F64", [float.PositiveInfinity, 0], 8, [.. BitConverter.GetBytes(1e300), .. BitConverter.GetBytes(1e-300)]);
    }

    [Fact]
    public void Other_types_do_not_convert()
    {
        SafetensorsReader reader = new(new MemoryStream(Make(("a", "I32", [1], new byte[4]))), "stream");
        Assert.False(reader.Tensors[0].Type.IsConvertible);
        ThrowsWith.Message<NotSupportedException>("I32 is not a floating-point type", () => reader.Read(reader.Tensors[0], new float[1]));
    }

    [Fact]
    public void A_tensor_longer_than_the_buffer_is_read_in_parts()
    {
        float[] values = [.. Enumerable.Range(0, 100_000).Select(i => (float)i)];
        SafetensorsReader reader = new(new MemoryStream(Make(("a", "F32", [100_000], Bytes(values)))), "stream");
        float[] read = new float[values.Length];
        reader.Read(reader.Tensors[0], read.AsSpan(0, 33_333));
        reader.Read(reader.Tensors[0], read.AsSpan(33_333));
        Assert.Equal(values, read);
    }

    private static void Check(string type, float[] values, int bytes, byte[] data)
    {
        Assert.Equal(values.Length * bytes, data.Length);
        SafetensorsReader reader = new(new TrickleStream(Make(("a", type, [values.Length], data))), "stream");
        float[] read = new float[values.Length];
        reader.Read(reader.Tensors[0], read);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
    }
}
