using System.Runtime.Intrinsics;
using Xunit;

namespace NetGen.Tests.Zoo;

/// <summary>A test that takes minutes where nothing is vectorised, and is skipped there: smaller networks have the same layers.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorizedFactAttribute : FactAttribute
{
    public VectorizedFactAttribute()
    {
        if (!Vector128.IsHardwareAccelerated) Skip = "takes minutes without vectors";
    }
}
