namespace NetGen.Tests.Networks;

/// <summary>What distinguishes the hand-written networks of the tests.</summary>
internal interface IPerceptronShape
{
    static abstract TensorShape Input { get; }

    static abstract int Hidden { get; }

    static abstract int Outputs { get; }

    static abstract Loss Loss { get; }

    static virtual double LabelSmoothing => 0;

    static virtual bool InputGradients => false;

    static virtual bool PredictsProbabilities => true;

    /// <summary>Fraction of the hidden values that training drops.</summary>
    static virtual double Dropout => 0;

    static virtual int MicroBatch => 4;

    static virtual int GradientShards => 4;
}

/// <summary>Classes, with a softmax.</summary>
internal sealed class Classifier : IPerceptronShape
{
    public static TensorShape Input => new(2, 3, 3);

    public static int Hidden => 21;

    public static int Outputs => 5;

    public static Loss Loss => Loss.CrossEntropy;

    public static bool InputGradients => true;
}

/// <summary>Classes, with one gradient buffer.</summary>
internal sealed class Undivided : IPerceptronShape
{
    public static TensorShape Input => new(12);

    public static int Hidden => 20;

    public static int Outputs => 4;

    public static Loss Loss => Loss.CrossEntropy;

    public static int GradientShards => 1;
}

/// <summary>Real numbers.</summary>
internal sealed class Regressor : IPerceptronShape
{
    public static TensorShape Input => new(7);

    public static int Hidden => 9;

    public static int Outputs => 3;

    public static Loss Loss => Loss.MeanSquaredError;
}

/// <summary>One sigmoid.</summary>
internal sealed class YesNo : IPerceptronShape
{
    public static TensorShape Input => new(2);

    public static int Hidden => 8;

    public static int Outputs => 1;

    public static Loss Loss => Loss.BinaryCrossEntropy;
}

/// <summary>Several sigmoids.</summary>
internal sealed class Tagger : IPerceptronShape
{
    public static TensorShape Input => new(4);

    public static int Hidden => 8;

    public static int Outputs => 3;

    public static Loss Loss => Loss.BinaryCrossEntropy;
}

/// <summary>Classes by hinge loss, without a softmax.</summary>
internal sealed class VectorMachine : IPerceptronShape
{
    public static TensorShape Input => new(4);

    public static int Hidden => 8;

    public static int Outputs => 3;

    public static Loss Loss => Loss.MultiClassHinge;
}

/// <summary>Classes by cross entropy, but predicting logits.</summary>
internal sealed class LogitClassifier : IPerceptronShape
{
    public static TensorShape Input => new(4);

    public static int Hidden => 8;

    public static int Outputs => 3;

    public static Loss Loss => Loss.CrossEntropy;

    public static bool PredictsProbabilities => false;

    public static double LabelSmoothing => 0.1;
}

/// <summary>Classes, with dropout.</summary>
internal sealed class Forgetful : IPerceptronShape
{
    public static TensorShape Input => new(12);

    public static int Hidden => 32;

    public static int Outputs => 4;

    public static Loss Loss => Loss.CrossEntropy;

    public static double Dropout => 0.5;
}
