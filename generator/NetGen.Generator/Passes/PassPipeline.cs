using NetGen.Generator.Graph;

namespace NetGen.Generator.Passes;

/// <summary>The rewrites between what was declared and what is scheduled, in their order.</summary>
internal static class PassPipeline
{
    /// <summary>What <c>Predict</c> computes.</summary>
    public static NetworkGraph ForInference(NetworkGraph graph)
    {
        graph = RemoveDropout.Run(graph);
        graph = FoldBatchNorm.Run(graph);
        graph = FuseActivations.Run(graph, training: false);
        graph = MergeGroups.Run(graph);
        graph = ComposeSelections.Run(graph);
        return AppendOutput.Run(graph);
    }

    /// <summary>What a training step computes, up to what the loss reads.</summary>
    public static NetworkGraph ForTraining(NetworkGraph graph, LossSpec loss)
    {
        graph = loss.OnLogits ? StopAtLogits.Run(graph) : graph;
        graph = FuseActivations.Run(graph, training: true);
        graph = AppendOutput.Run(graph);
        return BranchReaders.Run(graph);
    }
}
