using NetGen;

namespace Samples.Zoo;

/// <summary>
/// Two classes of sentences of up to 56 words, each word 300 numbers (word2vec's); the input is [300 × 56], the output logits.
/// Yoon Kim: Convolutional Neural Networks for Sentence Classification, 2014.
/// </summary>
[Network]
[Input(300, 56)]
[Conv1d(100, 3), ReLU, GlobalMaxPool2d(Name = "three")]
[Conv1d(100, 4, From = "input"), ReLU, GlobalMaxPool2d(Name = "four")]
[Conv1d(100, 5, From = "input"), ReLU, GlobalMaxPool2d(Name = "five")]
[Concat("three", "four", "five")]
[Dropout(0.5), Linear(2)]
[Loss(Loss.CrossEntropy)]
public sealed partial class SentenceCnn;
