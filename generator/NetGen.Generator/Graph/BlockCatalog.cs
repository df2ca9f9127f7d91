using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Graph;

/// <summary>The blocks of a declaration by key, and what can be said of each without a use of it.</summary>
internal sealed class BlockCatalog
{
    private readonly Dictionary<string, BlockSpec> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _sound = new(StringComparer.Ordinal);

    public BlockCatalog(EquatableArray<BlockSpec> blocks)
    {
        foreach (BlockSpec block in blocks)
        {
            _blocks[block.Key] = block;
        }
    }

    /// <summary>The block of a key; for one that is unknown, a type without <c>[Block]</c>.</summary>
    public BlockSpec Find(string key) => _blocks.TryGetValue(key, out BlockSpec? block) ? block : BlockSpec.Unknown(key, BlockState.NoBlock);

    /// <summary>Whether a block of this project has no mistake of its own, which would be reported there.</summary>
    public bool IsSound(BlockSpec block)
    {
        if (!_sound.TryGetValue(block.Key, out bool isSound))
        {
            isSound = block.IsReferenced || !BlockChecks.Run(block, this).HasErrors;
            _sound[block.Key] = isSound;
        }

        return isSound;
    }

    /// <summary>
    /// The shortest way by which one block uses another, both included, as <c>Stage → Block</c>; null where there is none. From a block to
    /// itself there is a way only if it is used again.
    /// </summary>
    public string? PathBetween(string from, string to)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([from]);
        while (next.Count > 0)
        {
            string key = next.Dequeue();
            foreach (string used in UsedBy(Find(key)).Where(used => !before.ContainsKey(used)))
            {
                before.Add(used, key);
                next.Enqueue(used);
                if (used == to)
                {
                    return Show(from, to, before);
                }
            }
        }

        return null;
    }

    private static string Show(string from, string to, Dictionary<string, string> before)
    {
        var names = new List<string> { BlockSpec.NameOf(to) };
        for (string key = before[to]; key != from; key = before[key])
        {
            names.Add(BlockSpec.NameOf(key));
        }

        names.Add(BlockSpec.NameOf(from));
        names.Reverse();
        return string.Join(" → ", names);
    }

    private static IEnumerable<string> UsedBy(BlockSpec block) =>
        block.Layers.SelectMany(layer => layer.Arguments).Select(argument => argument.Value).OfType<TypeArgument>().Select(type => type.Key);
}
