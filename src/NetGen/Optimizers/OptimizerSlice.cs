using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>A range of the parameter block with its gradients and the optimizer's moments.</summary>
internal readonly ref struct OptimizerSlice
{
    private readonly AlignedBuffer[] _moments;
    private readonly int _start;

    public OptimizerSlice(ref float parameters, ref float gradients, AlignedBuffer[] moments, int start, int length)
    {
        Parameters = ref Unsafe.Add(ref parameters, start);
        Gradients = ref Unsafe.Add(ref gradients, start);
        _moments = moments;
        _start = start;
        Length = length;
    }

    public readonly ref float Parameters;

    public readonly ref float Gradients;

    public int Length { get; }

    public ref float Moment(int index) => ref Unsafe.Add(ref _moments[index].Reference, _start);
}
