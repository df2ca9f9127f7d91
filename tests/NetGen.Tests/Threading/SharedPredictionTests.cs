using NetGen.CompilerServices;
using NetGen.Tests.Networks;
using NetGen.Tests.Operators;
using NetGen.Tests.Zoo;
using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.Threading;

/// <summary>Predictions that threads share.</summary>
public sealed class SharedPredictionTests
{
    private readonly SharedNetworks.Winograd _network = new(seed: 3);
    private readonly float[] _image = Images.Smooth(SharedNetworks.Winograd.InputLength, 1);
    private readonly float[] _output = new float[SharedNetworks.Winograd.OutputLength];

    public static TheoryData<string> Names => [.. DeclaredNetwork.NamesIn(typeof(SharedNetworks))];

    [Theory, MemberData(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_bits(string name) =>
        SharedNetwork.In(typeof(SharedNetworks), name).CheckThreads([1, 2, 3, 5]);

    [Theory, MemberData(nameof(Names))]
    [Trait("Category", "Numeric")]
    public void Shared_networks_agree_with_their_reference(string name) =>
        SharedNetwork.In(typeof(SharedNetworks), name).CheckAgainstReference(Close.Winograd);

    // Emulated vectors would take minutes.
    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void Any_number_of_threads_gives_the_same_bits_on_every_width()
    {
        foreach (string name in DeclaredNetwork.NamesIn(typeof(SharedNetworks)))
        {
            SharedNetwork.In(typeof(SharedNetworks), name).CheckThreads([2, 3]);
        }
    }

    [Fact]
    public void A_small_network_runs_on_the_callers_thread()
    {
        float[] image = Images.Smooth(LeNet5.InputLength, 1), expected = new float[LeNet5.OutputLength], output = new float[LeNet5.OutputLength];
        LeNet5 network = new();
        network.Predict(image, expected);
        using Workspace workspace = Workspace.For<LeNet5>(threads: 3);
        Assert.Equal(LeNet5.WorkspaceBytes, workspace.Bytes);
        network.Predict(image, output, workspace);
        Assert.Equal(expected, output);
    }

    [Fact]
    public void A_prediction_on_two_threads_allocates_nothing_once_warm()
    {
        using Workspace workspace = Workspace.For<SharedNetworks.Winograd>(threads: 2);
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                _network.Predict(_image, _output, workspace);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_workspace_with_threads_in_use_is_refused()
    {
        using Workspace workspace = Workspace.For<SharedNetworks.Winograd>(threads: 2);
        workspace.Enter();
        ThrowsWith.Message<InvalidOperationException>(
            "Another call is using this workspace.", () => _network.Predict(_image, _output, workspace));
        workspace.Exit();
        _network.Predict(_image, _output, workspace);
    }

    [Fact]
    public void A_workspace_tells_what_its_threads_need()
    {
        Assert.Equal(2, Workspace.For<SharedNetworks.Planes>(threads: 2).Threads);
        long bytes = Workspace.RequiredBytes<SharedNetworks.Planes>(threads: 4);
        Assert.Equal(bytes, Workspace.For<SharedNetworks.Planes>(threads: 4).Bytes);
        Assert.True(bytes > SharedNetworks.Planes.WorkspaceBytes);
        ThrowsWith.Message<ArgumentException>(
            $"Planes needs a workspace of {bytes} bytes on 4 threads; this one has {SharedNetworks.Planes.WorkspaceBytes}. "
            + "Make it with Workspace.For<Planes>(4).",
            () => new SharedNetworks.Planes().Predict(
                new float[SharedNetworks.Planes.InputLength],
                new float[SharedNetworks.Planes.OutputLength],
                new Workspace(SharedNetworks.Planes.WorkspaceBytes, threads: 4)));
        ThrowsWith.Message<ArgumentOutOfRangeException>("The number of threads is at least 1.", () => new Workspace(64, threads: 0));
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "The number of threads is at least 1.", () => Workspace.For<SharedNetworks.Planes>(threads: 0));
    }

    [Fact]
    public void A_workspace_disposed_of_has_no_threads_any_more()
    {
        Workspace workspace = Workspace.For<SharedNetworks.Winograd>(threads: 2);
        _network.Predict(_image, _output, workspace);
        workspace.Dispose();
        ThrowsWith.Message<ObjectDisposedException>("Workspace", () => _network.Predict(_image, _output, workspace));
        workspace.Dispose();

        Workspace unused = Workspace.For<SharedNetworks.Winograd>(threads: 2);
        unused.Dispose();
        ThrowsWith.Message<ObjectDisposedException>("Workspace", () => _network.Predict(_image, _output, unused));

        // A network that would not take its threads does not care less.
        Workspace small = Workspace.For<LeNet5>(threads: 2);
        small.Dispose();
        LeNet5 network = new();
        ThrowsWith.Message<ObjectDisposedException>(
            "Workspace", () => network.Predict(new float[LeNet5.InputLength], new float[LeNet5.OutputLength], small));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_one_part_throws_reaches_the_caller_and_leaves_no_part_waiting(int thrower)
    {
        NetworkState state = new(
            new NetworkDefinition
            {
                Name = "Broken",
                InputShape = new TensorShape(1),
                OutputShape = new TensorShape(1),
                Parameters = [],
                ParameterFloats = 0,
                ArenaFloats = 0,
                SharesWork = true,
            },
            predict: (ref input, ref output, ref _, ref _, ref _, ref _, _, in share) =>
            {
                share.Meet();
                if (share.Part == thrower && input == 0)
                {
                    throw new TimeoutException($"part {thrower}");
                }

                share.Meet();
                if (share.Part == 0)
                {
                    output = 2 * input;
                }
            });
        state.Initialize(0);
        using Workspace workspace = new(1024, threads: 3);
        float[] output = new float[1];
        ThrowsWith.Message<TimeoutException>($"part {thrower}", () => state.Predict([0], output, workspace));
        state.Predict([3], output, workspace);
        Assert.Equal([6], output);
    }
}
