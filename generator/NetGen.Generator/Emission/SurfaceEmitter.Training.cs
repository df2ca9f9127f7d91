using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <content>What the trainer calls, for the interface only.</content>
internal sealed partial class SurfaceEmitter
{
    private void EmitTraining()
    {
        string plan = Private(SourceNames.TrainingPlan);
        _writer.Line();
        if (_schedule?.Training is not { } training)
        {
            Declare($"static {Runtime}.CompilerServices.TrainingPlan {TrainableInterface}.TrainingPlan => {Throw};");
            Declare($"static void {TrainableInterface}.PackForTraining(ref float parameters, ref float packed) => {Throw};");
            Declare($"static void {TrainableInterface}.ForwardForTraining(in {Runtime}.CompilerServices.TrainingFrame frame) => {Throw};");
            Declare($"static void {TrainableInterface}.BackwardForTraining(in {Runtime}.CompilerServices.TrainingFrame frame) => {Throw};");
            _writer.Line($"{Runtime}.CompilerServices.NetworkState {TrainableInterface}.State => {Throw};");
            return;
        }

        Declare($"private static readonly {Runtime}.CompilerServices.TrainingPlan {plan} = new()");
        _writer.Line("{");
        _writer.Line($"    MicroBatch = {training.MicroBatch},");
        _writer.Line($"    ArenaFloats = {training.ArenaFloats},");
        _writer.Line($"    PackedFloats = {training.PackedFloats},");
        _writer.Line($"    GradientShards = {training.GradientShards},");
        _writer.Line($"    OutputLength = {OutputShape.Length},");
        _writer.Line($"    OutputOffset = {training.Output.Offset},");
        _writer.Line($"    OutputStride = {training.Output.ImageStride},");
        _writer.Line($"    OutputGradientOffset = {training.OutputGradient.Offset},");
        _writer.Line($"    Loss = {Runtime}.Loss.{_result.Loss.Kind},");
        _writer.Line($"    LabelSmoothing = {Literals.Double(_result.Loss.LabelSmoothing)},");
        _writer.Line($"    HasInputGradients = {(_spec.Options.InputGradients ? "true" : "false")},");
        _writer.Line($"    PredictsProbabilities = {(_result.Loss.OnLogits ? "true" : "false")},");
        _writer.Line("};");
        _writer.Line();
        Declare($"static {Runtime}.CompilerServices.TrainingPlan {TrainableInterface}.TrainingPlan => {plan};");
        _writer.Line($"{Runtime}.CompilerServices.NetworkState {TrainableInterface}.State => {_state};");
        Forwarded("PackForTraining", SourceNames.PackForTraining, "ref float parameters, ref float packed", "ref parameters, ref packed");
        Forwarded("ForwardForTraining", SourceNames.TrainForward, $"in {Runtime}.CompilerServices.TrainingFrame frame", "in frame");
        Forwarded("BackwardForTraining", SourceNames.TrainBackward, $"in {Runtime}.CompilerServices.TrainingFrame frame", "in frame");
    }

    private void Forwarded(string member, string method, string parameters, string arguments)
    {
        _writer.Line();
        Declare($"static void {TrainableInterface}.{member}({parameters}) => {Private(method)}({arguments});");
        Declare($"static partial void {Private(method)}({parameters});");
    }
}
