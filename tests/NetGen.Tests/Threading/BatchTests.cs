using NetGen.Tests.Networks;
using NetGen.Tests.Operators;
using NetGen.Tests.Zoo;
using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.Threading;

/// <summary>Predictions of batches.</summary>
public sealed class BatchTests
{
    public static TheoryData<string> Shared => [.. DeclaredNetwork.NamesIn(typeof(SharedNetworks))];

    public static TheoryData<string> Small => [.. DeclaredNetwork.NamesIn(typeof(CompositionNetworks))];

    [Theory, MemberData(nameof(Shared))]
    public void Batches_of_shared_networks_are_their_images(string name) =>
        SharedNetwork.In(typeof(SharedNetworks), name).CheckBatches([1, 2, 17], [2, 3]);

    [Theory, MemberData(nameof(Small))]
    public void Batches_of_small_networks_are_their_images(string name) =>
        SharedNetwork.In(typeof(CompositionNetworks), name).CheckBatches([0, 1, 7, 8, 15, 16, 17, 33], [2]);

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void Batches_are_their_images_on_every_width()
    {
        new SharedNetwork<LeNet5>().CheckBatches([17], [2]);
        new SharedNetwork<SharedNetworks.Winograd>().CheckBatches([17], [2]);
    }

    [Fact]
    public void Batches_allocate_nothing_once_warm()
    {
        const int Count = 17;
        SharedNetworks.Winograd network = new();
        float[] inputs = new float[Count * SharedNetworks.Winograd.InputLength], outputs = new float[Count * SharedNetworks.Winograd.OutputLength];
        using Workspace workspace = Workspace.ForBatches<SharedNetworks.Winograd>(threads: 2);
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.PredictBatch(inputs, outputs, Count);
            network.PredictBatch(inputs, outputs, Count, workspace);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Wrong_batches_say_what_is_wrong()
    {
        Perceptron<Classifier> network = new(3);
        float[] inputs = new float[36], outputs = new float[10];
        ThrowsWith.Message<ArgumentOutOfRangeException>("The number of images is at least 0.", () => network.PredictBatch(inputs, outputs, -1));
        ThrowsWith.Message<ArgumentException>(
            "3 images of Classifier are 54 values, 18 values (2×3×3) each; the inputs have 36.", () => network.PredictBatch(inputs, outputs, 3));
        ThrowsWith.Message<ArgumentException>(
            "Classifier gives 10 values for 2 images, 5 values each; the outputs have room for 9.",
            () => network.PredictBatch(inputs, outputs.AsSpan(1), 2));
        ThrowsWith.Message<ArgumentException>(
            "The outputs of Classifier overlap its inputs.", () => network.PredictBatch(inputs, inputs.AsSpan(26, 10), 2));
        Assert.Throws<ArgumentNullException>(() => network.PredictBatch(inputs, outputs, 2, null!));
    }

    [Fact]
    public void A_workspace_too_small_for_batches_tells_both_sizes() => ThrowsWith.Message<ArgumentException>(
        $"LeNet5 needs a workspace of {LeNet5.BatchWorkspaceBytes} bytes for batches; this one has {LeNet5.WorkspaceBytes}. "
        + "Make it with Workspace.ForBatches<LeNet5>().",
        () => new LeNet5().PredictBatch(new float[784], new float[10], 1, Workspace.For<LeNet5>()));

    [Fact]
    public void A_workspace_in_use_is_refused()
    {
        LeNet5 network = new();
        using Workspace workspace = Workspace.ForBatches<LeNet5>();
        workspace.Enter();
        ThrowsWith.Message<InvalidOperationException>(
            "Another call is using this workspace.", () => network.PredictBatch(new float[784], new float[10], 1, workspace));
        workspace.Exit();
        network.PredictBatch(new float[784], new float[10], 1, workspace);
    }
}
