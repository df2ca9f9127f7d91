namespace NetGen;

/// <summary>
/// Makes a class a block: layers that networks and other blocks put in their place with <see cref="UseAttribute"/>. The layer
/// attributes stand on the declaration that carries <c>[Block]</c>, in their order, as on a network.
/// </summary>
/// <remarks>
/// <para>
/// The <c>const int</c> members of the class are the block's parameters, and their values the defaults: a use with <c>Width = 128</c>
/// means the block as it would be with that number in the member's place, in arguments such as <c>Width * 4</c> and in other members
/// that are made of it. What depends on a parameter is made of integers, <c>+ - * / %</c>, shifts, bit operations, comparisons,
/// <c>&amp;&amp; || !</c> and <c>?:</c>.
/// </para>
/// <para>
/// In <c>From</c>, <c>[Add]</c> and <c>[Concat]</c> a block's layers see its own layers, by their names there, and <c>input</c>, which
/// is the input of the block. A block has no <c>[Input]</c> and no <c>[Loss]</c>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [Block]
/// [Conv2d(Width, 3, Stride = Stride, Padding = 1, Bias = false), ReLU]
/// [Conv2d(Width, 3, Padding = 1, Bias = false)]
/// [Conv2d(Width, 1, Stride = Stride, Bias = false, From = "input", Name = "downsample.0")]
/// [Add("conv2"), ReLU]
/// public static class BasicBlock
/// {
///     public const int Width = 64, Stride = 1;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class BlockAttribute : Attribute
{
}
