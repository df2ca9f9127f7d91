using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Graph;

/// <summary>The blocks of a declaration by key, and what can be said of each without a use of it.</summary>
internal sealed class BlockCatalog
{
    private readonly Dictionary<string, BlockSpec> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _sound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _reached = new(StringComparer.Ordinal);

    public BlockCatalog(EquatableArray<BlockSpec> blocks)
    {
        foreach (BlockSpec block in blocks)
        {
            _blocks[block.Key] = block;
        }
    }

    /// <summary>Whether the declaration uses more blocks than it can, so that some of them were not read.</summary>
    public bool IsOverfull => _blocks.Values.Any(block => block.State == BlockState.TooMany);

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

    /// <summary>Whether one block uses another, itself or by way of others. A block uses itself only if it is in a circle.</summary>
    public bool Uses(string from, string to)
    {
        if (!_reached.TryGetValue(from, out HashSet<string>? reached))
        {
            reached = [.. Reach(from).Select(step => step.Key)];
            _reached.Add(from, reached);
        }

        return reached.Contains(to);
    }

    /// <summary>The shortest way by which one block uses another, both included, as <c>Stage → Block</c>.</summary>
    public string PathBetween(string from, string to)
    {
        Dictionary<string, string> before = Reach(from).ToDictionary(step => step.Key, step => step.Before);
        var names = new List<string> { BlockSpec.NameOf(to) };
        for (string key = before[to]; key != from; key = before[key])
        {
            names.Add(BlockSpec.NameOf(key));
        }

        names.Add(BlockSpec.NameOf(from));
        names.Reverse();
        return string.Join(" → ", names);
    }

    /// <summary>The blocks that a block uses, nearest first, each with one that uses it.</summary>
    private IEnumerable<(string Key, string Before)> Reach(string from)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([from]);
        while (next.Count > 0)
        {
            string key = next.Dequeue();
            foreach (string used in UsedBy(Find(key)).Where(reached.Add))
            {
                next.Enqueue(used);
                yield return (used, key);
            }
        }
    }

    private static IEnumerable<string> UsedBy(BlockSpec block) =>
        block.Layers.SelectMany(layer => layer.Arguments).Select(argument => argument.Value).OfType<TypeArgument>().Select(type => type.Key);
}
