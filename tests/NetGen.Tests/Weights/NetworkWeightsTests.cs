using System.Text;
using NetGen.Tests.Networks;
using Xunit;
using static NetGen.Tests.Weights.SafetensorsFile;

namespace NetGen.Tests.Weights;

public sealed class NetworkWeightsTests
{
    private static readonly (string Name, string Type, int[] Shape, byte[] Data)[] s_yesNo =
    [
        ("fc1.weight", "F32", [8, 2], Bytes([.. Enumerable.Range(0, 16).Select(i => i / 4f)])),
        ("fc1.bias", "F32", [8], Bytes([.. Enumerable.Range(0, 8).Select(i => i / 2f)])),
        ("fc2.weight", "F32", [1, 8], Bytes([.. Enumerable.Range(0, 8).Select(i => -i / 8f)])),
        ("fc2.bias", "F32", [1], Bytes(3)),
    ];

    [Fact]
    public void A_network_comes_back_as_it_was_saved()
    {
        using TemporaryDirectory directory = new();
        string path = Path.Combine(directory.Path, "net.safetensors");
        Perceptron<Classifier> network = new(5);
        network.Save(path);
        using MemoryStream stream = new();
        network.Save(stream);
        Assert.Equal(stream.ToArray(), File.ReadAllBytes(path));
        Assert.Equal(["net.safetensors"], Directory.EnumerateFileSystemEntries(directory.Path).Select(Path.GetFileName));

        AssertEqual(network, Perceptron<Classifier>.Load(path));
        stream.Position = 0;
        AssertEqual(network, Perceptron<Classifier>.Load(stream));
        Assert.Equal(stream.Length, stream.Position);
        AssertEqual(network, Perceptron<Classifier>.Load(new TrickleStream(stream.ToArray())));
    }

    [Fact]
    public void A_saved_file_is_as_the_reference_implementation_wants_it()
    {
        using MemoryStream stream = new();
        new Perceptron<YesNo>(0).Save(stream);
        byte[] file = stream.ToArray();
        int headerBytes = (int)BitConverter.ToInt64(file);
        string header = Encoding.UTF8.GetString(file, 8, headerBytes);
        Assert.Equal(0, headerBytes % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"fc1.weight":{"dtype":"F32","shape":[8,2],"data_offsets":[0,64]},"fc1.bias":{"dtype":"F32","shape":[8],"data_offsets":[64,96]},"fc2.weight":{"dtype":"F32","shape":[1,8],"data_offsets":[96,128]},"fc2.bias":{"dtype":"F32","shape":[1],"data_offsets":[128,132]}}""",
            header.TrimEnd(' '));
        Assert.Equal(8 + headerBytes + 132, file.Length);
    }

    [Fact]
    public void What_matches_is_loaded_and_the_rest_stays()
    {
        (string Name, string Type, int[] Shape, byte[] Data)[] tensors =
        [
            s_yesNo[1],
            ("other.weight", "F32", [2], Bytes(1, 2)),
            s_yesNo[0],
            ("fc2.weight", "F32", [3, 8], new byte[96]),
            ("fc2.bias", "I64", [1], new byte[8]),
        ];
        Perceptron<YesNo> network = new(7), untouched = new(7);
        using TemporaryDirectory directory = new();
        string path = Path.Combine(directory.Path, "backbone.safetensors");
        File.WriteAllBytes(path, Make(tensors));

        Assert.Equal(["fc2.weight", "fc2.bias"], network.Parameters.LoadMatching(path));
        Assert.Equal(3.75f, network.Parameters["fc1.weight"].ToArray()[15]);
        Assert.Equal(3.5f, network.Parameters["fc1.bias"].ToArray()[7]);
        Assert.Equal(untouched.Parameters["fc2.weight"].ToArray(), network.Parameters["fc2.weight"].ToArray());
        Assert.Equal(untouched.Parameters["fc2.bias"].ToArray(), network.Parameters["fc2.bias"].ToArray());

        Assert.Empty(network.Parameters.LoadMatching(new TrickleStream(Make(s_yesNo))));
        AssertEqual(Perceptron<YesNo>.Load(new MemoryStream(Make(s_yesNo))), network);
    }

    [Fact]
    public void A_prediction_after_a_matching_load_is_by_its_weights()
    {
        Perceptron<YesNo> network = new(7), loaded = Perceptron<YesNo>.Load(new MemoryStream(Make(s_yesNo)));
        float[] before = new float[1], after = new float[1], expected = new float[1];
        network.Predict([1, 2], before);
        network.Parameters.LoadMatching(new MemoryStream(Make(s_yesNo)));
        network.Predict([1, 2], after);
        loaded.Predict([1, 2], expected);
        Assert.Equal(expected, after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_file_of_which_nothing_matches_or_that_breaks_off_changes_nothing()
    {
        Perceptron<YesNo> network = new(7), untouched = new(7);
        MemoryStream closed = new();
        closed.Dispose();
        WeightsMismatchException mismatch = Assert.Throws<WeightsMismatchException>(
            () => network.Parameters.LoadMatching(new MemoryStream(Make(("backbone.fc1.weight", "F32", [8, 2], new byte[64])))));
        Assert.Equal(
            "stream has no tensor of a parameter's name, shape and type: it has backbone.fc1.weight, the network fc1.weight, fc1.bias, fc2.weight, …. "
                + "Save the tensors under the network's names, or give its layers theirs.",
            mismatch.Message);
        ThrowsWith.Message<WeightsMismatchException>(
            "stream has no tensor of a parameter's name, shape and type: fc1.weight is [2] there and [8, 2] in the network. Load weights of layers of the same shapes.",
            () => network.Parameters.LoadMatching(new MemoryStream(Make(("fc1.weight", "F32", [2], new byte[8])))));
        Assert.Throws<WeightsMismatchException>(() => network.Parameters.LoadMatching(new MemoryStream(Make())));
        Assert.Throws<WeightsFormatException>(() => network.Parameters.LoadMatching(new MemoryStream(Make(s_yesNo)[..^2])));
        Assert.Throws<ArgumentException>(() => network.Parameters.LoadMatching(""));
        ThrowsWith.Message<ArgumentException>("The stream can't be read.", () => network.Parameters.LoadMatching(closed));
        AssertEqual(untouched, network);
    }

    [Fact]
    public void Weights_are_loaded_in_PyTorchs_layout_whatever_their_order_and_type()
    {
        (string Name, string Type, int[] Shape, byte[] Data)[] tensors =
        [
            s_yesNo[3],
            ("fc2.weight", "F64", [1, 8], [.. Enumerable.Range(0, 8).SelectMany(i => BitConverter.GetBytes(-i / 8.0))]),
            ("fc1.weight", "F16", [8, 2], [.. Enumerable.Range(0, 16).SelectMany(i => BitConverter.GetBytes((Half)(i / 4f)))]),
            s_yesNo[1],
            ("bn.num_batches_tracked", "I64", [], new byte[8]),
        ];
        Perceptron<YesNo> network = Perceptron<YesNo>.Load(new MemoryStream(Make(tensors)));
        AssertEqual(Perceptron<YesNo>.Load(new MemoryStream(Make(s_yesNo))), network);
        Assert.Equal(3.75f, network.Parameters["fc1.weight"].ToArray()[15]);
        Assert.Equal(-0.875f, network.Parameters["fc2.weight"].ToArray()[7]);
        Assert.Equal([3], network.Parameters["fc2.bias"].ToArray());
    }

    [Fact]
    public void Shapes_may_differ_by_extents_of_one_at_their_end() => AssertEqual(
        Perceptron<YesNo>.Load(new MemoryStream(Make(s_yesNo))),
        Perceptron<YesNo>.Load(new MemoryStream(Make(
            ("fc1.weight", "F32", [8, 2, 1, 1], s_yesNo[0].Data), s_yesNo[1], ("fc2.weight", "F32", [1, 8, 1], s_yesNo[2].Data), ("fc2.bias", "F32", [], s_yesNo[3].Data)))));

    [Fact]
    public void A_file_of_another_network_is_refused_with_every_difference()
    {
        byte[] file = Make(
            ("fc1.weight", "F32", [8, 3], new byte[96]), ("fc1.bias", "I32", [8], new byte[32]), s_yesNo[2], ("fc3.bias", "F32", [2], new byte[8]));
        WeightsMismatchException exception = ThrowsWith.Message<WeightsMismatchException>(
            "stream does not fit YesNo: fc1.weight is [8, 3] there and [8, 2] in the network; "
            + "fc1.bias is stored as I32, the network takes F32, F16, BF16 or F64; fc2.bias [1] is missing; fc3.bias [2] is not in the network. "
            + "Load weights saved from this architecture, under its parameters' names.",
            () => Perceptron<YesNo>.Load(new MemoryStream(file)));
        Assert.Equal(["fc1.weight", "fc1.bias", "fc2.bias", "fc3.bias"], exception.TensorNames);
        Assert.Equal("stream", exception.FileName);
    }

    [Fact]
    public void Names_that_differ_by_a_prefix_are_shown_side_by_side()
    {
        byte[] prefixed = Make(
            [.. s_yesNo.Select(tensor => tensor with { Name = "model." + tensor.Name }), ("model.bn.num_batches_tracked", "I64", [], new byte[8])]);
        WeightsMismatchException exception = ThrowsWith.Message<WeightsMismatchException>(
            "stream does not fit YesNo: its names (model.fc1.weight, model.fc1.bias, model.fc2.weight, …) are the network's "
            + "(fc1.weight, fc1.bias, fc2.weight, …) behind the prefix 'model.'. Save the tensors without it",
            () => Perceptron<YesNo>.Load(new MemoryStream(prefixed)));
        Assert.Equal(8, exception.TensorNames.Count);

        byte[] shortened = Make([.. s_yesNo.Select(tensor => tensor with { Name = tensor.Name["fc".Length..] })]);
        ThrowsWith.Message<WeightsMismatchException>(
            "its names (1.weight, 1.bias, 2.weight, …) are the network's (fc1.weight, fc1.bias, fc2.weight, …) without the prefix 'fc'.",
            () => Perceptron<YesNo>.Load(new MemoryStream(shortened)));
    }

    [Fact]
    public void A_stream_at_its_end_is_told_from_a_malformed_one()
    {
        using MemoryStream stream = new();
        new Perceptron<YesNo>(0).Save(stream);
        ThrowsWith.Message<WeightsFormatException>(
            $"the stream has nothing left to read (position {stream.Length}, length {stream.Length}); set its Position to 0.",
            () => Perceptron<YesNo>.Load(stream));
    }

    [Fact]
    public void A_save_to_nowhere_names_the_path_and_the_directory()
    {
        using TemporaryDirectory directory = new();
        string none = Path.Combine(directory.Path, "none");
        string path = Path.Combine(none, "net.safetensors");
        Perceptron<YesNo> network = new(0);
        ThrowsWith.Message<DirectoryNotFoundException>(
            $"'{path}' can't be written: the directory '{none}' does not exist. Create it first.", () => network.Save(path));
        ThrowsWith.Message<IOException>(
            $"'{directory.Path}' can't be written: it is a directory. Name a file.", () => network.Save(directory.Path));
    }

    [Fact]
    public void A_long_list_of_differences_is_cut()
    {
        byte[] file = Make([.. Enumerable.Range(0, 30).Select(i => ($"t{i}", "F32", new[] { 1 }, new byte[4]))]);
        WeightsMismatchException exception = ThrowsWith.Message<WeightsMismatchException>(
            "; and 24 more. Load", () => Perceptron<YesNo>.Load(new MemoryStream(file)));
        Assert.Equal(34, exception.TensorNames.Count);
    }

    [Fact]
    public void A_malformed_file_is_named()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("bad.safetensors", Make(s_yesNo)[..^1]);
        WeightsFormatException exception = ThrowsWith.Message<WeightsFormatException>(
            "the file ends after 131 bytes of data; 'fc2.bias' reaches to byte 132.", () => Perceptron<YesNo>.Load(path));
        Assert.Equal(path, exception.FileName);
        Assert.Throws<FileNotFoundException>(() => Perceptron<YesNo>.Load(Path.Combine(directory.Path, "none.safetensors")));
    }

    [Fact]
    public void A_failed_load_leaves_the_values_as_they_were()
    {
        Perceptron<YesNo> network = new(1);
        float[][] before = [.. network.Parameters.Select(parameter => parameter.ToArray())];
        byte[] file = Make(s_yesNo);
        Assert.Throws<WeightsFormatException>(() => network.State.Load(new TrickleStream(file[..^1])));
        Assert.Throws<WeightsFormatException>(() => network.State.Load(new TrickleStream([.. file, 0])));
        Assert.Equal(before, network.Parameters.Select(parameter => parameter.ToArray()));
        network.State.Load(new TrickleStream(file));
        AssertEqual(Perceptron<YesNo>.Load(new MemoryStream(file)), network);
    }

    [Fact]
    public void A_failed_save_leaves_the_file_and_no_litter()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("net.safetensors", [1, 2, 3]);
        ThrowsWith.Message<IOException>("disk full", () => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100]);
            throw new IOException("disk full");
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(directory.Path));

        // A directory can't be replaced by a file.
        string taken = Directory.CreateDirectory(Path.Combine(directory.Path, "taken")).FullName;
        Assert.ThrowsAny<Exception>(() => new Perceptron<YesNo>(0).Save(taken));
        Assert.Equal([path, taken], Directory.EnumerateFileSystemEntries(directory.Path).Order());
    }

    [Fact]
    public void A_save_replaces_a_longer_file()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("net.safetensors", new byte[10_000]);
        Perceptron<YesNo> network = new(2);
        network.Save(path);
        AssertEqual(network, Perceptron<YesNo>.Load(path));
        Assert.Throws<DirectoryNotFoundException>(() => network.Save(Path.Combine(directory.Path, "none", "net.safetensors")));
    }

    [Fact]
    public void A_save_over_a_link_replaces_what_it_leads_to()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Making links takes a privilege there.
        }

        using TemporaryDirectory directory = new();
        string version = Path.Combine(Directory.CreateDirectory(Path.Combine(directory.Path, "versions")).FullName, "1.safetensors");
        string latest = Path.Combine(directory.Path, "latest"), link = Path.Combine(directory.Path, "net.safetensors");
        File.CreateSymbolicLink(latest, Path.Combine("versions", "1.safetensors"));
        File.CreateSymbolicLink(link, "latest");
        foreach (int seed in new[] { 1, 2 })
        {
            // The links lead nowhere at first.
            Perceptron<YesNo> network = new(seed);
            network.Save(link);
            Assert.Equal(("latest", Path.Combine("versions", "1.safetensors")), (new FileInfo(link).LinkTarget, new FileInfo(latest).LinkTarget));
            Assert.Null(new FileInfo(version).LinkTarget);
            AssertEqual(network, Perceptron<YesNo>.Load(version));
        }

        Assert.Equal([version], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(version)!));
    }

    [Fact]
    public void A_save_keeps_the_mode_of_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Files have no mode there.
        }

        using TemporaryDirectory directory = new();
        string path = directory.Write("net.safetensors", [1, 2, 3]);
        foreach (UnixFileMode mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite, (UnixFileMode)0b110_110_110, (UnixFileMode)0b100_100_000 })
        {
            File.SetUnixFileMode(path, mode);
            new Perceptron<YesNo>(1).Save(path);
            Assert.Equal(mode, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Streams_and_paths_are_checked()
    {
        Perceptron<YesNo> network = new(0);
        using MemoryStream closed = new();
        closed.Dispose();
        ThrowsWith.Message<ArgumentException>("The stream can't be read.", () => Perceptron<YesNo>.Load(closed));
        ThrowsWith.Message<ArgumentException>("The stream can't be written.", () => network.Save(closed));
        Assert.Throws<ArgumentNullException>(() => network.Save((string)null!));
        Assert.Throws<ArgumentException>(() => Perceptron<YesNo>.Load(""));
        Assert.Throws<ArgumentNullException>(() => Perceptron<YesNo>.Load((Stream)null!));
    }

    [SharedDataFact("safetensors", "mnist-burn", "mnist.safetensors")]
    public void Files_of_other_programs_are_read()
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.PathOf("safetensors"), "*.safetensors", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(path);
            SafetensorsReader reader = new(stream, path);
            Assert.NotEmpty(reader.Tensors);
            foreach (SafetensorsTensor tensor in reader.Tensors)
            {
                if (!tensor.Type.IsConvertible)
                {
                    reader.Skip(tensor);
                    continue;
                }

                float[] values = new float[tensor.Length];
                reader.Read(tensor, values);
                Assert.All(values, value => Assert.True(float.IsFinite(value)));
            }

            reader.ReadEnd();
        }
    }

    private static void AssertEqual<TShape>(Perceptron<TShape> expected, Perceptron<TShape> actual)
        where TShape : IPerceptronShape =>
        Assert.Equal(expected.Parameters.Select(parameter => parameter.ToArray()), actual.Parameters.Select(parameter => parameter.ToArray()));
}
