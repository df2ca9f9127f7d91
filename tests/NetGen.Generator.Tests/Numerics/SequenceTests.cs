using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Networks over sequences as they are published, against the reference.</summary>
[Trait("Category", "Numeric")]
public class SequenceTests
{
    /// <summary>
    /// Kim (2014), Convolutional Neural Networks for Sentence Classification: filters over 3, 4 and 5 words, the maximum of each over the
    /// sentence, and a classifier of them all.
    /// </summary>
    [Fact]
    public void Sentence_classification()
    {
        const int Embedding = 24, Words = 19, Filters = 20;
        var network = new NetworkCase("Sentence", new(Embedding, 1, Words)) { Images = 9, IsSequence = true };
        network.NameInput();
        foreach (int words in new[] { 3, 4, 5 })
        {
            int positions = Words - words + 1;
            network = network.From("input").Conv1d(Filters, new ReferenceWindow(1, words)).Elementwise("ReLU")
                .Add($"MaxPool1d({positions})", new(Filters, 1, 1)).Named($"of{words}");
        }

        NetworkChecks.Run([network.Concat("of3", "of4", "of5").Linear(2)]);
    }

    /// <summary>A stack of dilated convolutions, each as long as the sequence, as van den Oord et al. (2016) stack them.</summary>
    [Fact]
    public void Dilated_convolutions()
    {
        var network = new NetworkCase("Dilated", new(3, 1, 50)) { Images = 3, IsSequence = true };
        foreach (int dilation in new[] { 1, 2, 4, 8 })
        {
            network = network.Conv1d(16, new ReferenceWindow(1, 3) { DilationW = dilation }, same: true).Elementwise("ReLU");
        }

        NetworkChecks.Run([network.Conv1d(5, new ReferenceWindow(1, 1))]);
    }
}
