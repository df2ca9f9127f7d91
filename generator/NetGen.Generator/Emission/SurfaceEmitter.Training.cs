namespace NetGen.Generator.Emission;

/// <content>What the trainer calls, for the interface only.</content>
internal sealed partial class SurfaceEmitter
{
    private void EmitTraining()
    {
        _writer.Line();
        if (_schedule?.Training is null)
        {
            Declare($"static {Runtime}.CompilerServices.TrainingPlan {TrainableInterface}.TrainingPlan => {Throw};");
            Declare($"static void {TrainableInterface}.PackForTraining(ref float parameters, ref float packed) => {Throw};");
            Declare($"static void {TrainableInterface}.ForwardForTraining(in {Runtime}.CompilerServices.TrainingFrame frame) => {Throw};");
            Declare($"static void {TrainableInterface}.BackwardForTraining(in {Runtime}.CompilerServices.TrainingFrame frame) => {Throw};");
            Declare($"{Runtime}.CompilerServices.NetworkState {TrainableInterface}.State => {Throw};");
            return;
        }

        Declare($"static {Runtime}.CompilerServices.TrainingPlan {TrainableInterface}.TrainingPlan => {_definition}.Training;");
        Declare($"{Runtime}.CompilerServices.NetworkState {TrainableInterface}.State => {_state};");
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
