using NetGen.Generator.Emission;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>What is emitted for a network grows with the shapes that its layers have, not with their number.</summary>
public class SourceSizeTests
{
    [Theory]
    [InlineData("LeNet5", 700_000)]
    [InlineData("DenseNet121", 1_350_000)]
    [InlineData("GoogLeNet", 1_450_000)]
    [InlineData("ResNet152", 1_950_000)]
    public void Source_is_no_longer_than(string name, int characters)
    {
        var (spec, result) = ZooNetworks.Read(name);
        var schedule = NetworkEmitter.TrySchedule(spec, result);
        string surface = NetworkEmitter.EmitSurface(spec, result, schedule), kernels = NetworkEmitter.EmitKernels(spec, schedule);
        Assert.InRange(surface.Length + kernels.Length, 1, characters);
    }
}
