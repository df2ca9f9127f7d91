using NetGen.CompilerServices;

namespace NetGen.Tests.Reference;

/// <summary>The mask of a dropout layer element by element, from the definition of its hash.</summary>
internal static class DropoutReference
{
    /// <param name="key">The image's key, from <see cref="DropoutKeys"/>.</param>
    /// <param name="place">Where the element lies in the image's memory.</param>
    /// <param name="probability">Of being dropped.</param>
    public static bool IsKept(ulong key, int place, double probability)
    {
        unchecked
        {
            uint hash = (uint)key + (uint)place * 0x9E3779B9;
            hash = (hash ^ (hash >> 16)) * 0x7FEB352D;
            hash = (hash ^ (hash >> 15) ^ (uint)(key >> 32)) * 0x846CA68B;
            hash ^= hash >> 16;
            return hash >> 8 >= Math.Round(probability * (1 << 24));
        }
    }
}
