using System.Collections.Immutable;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>
/// Puts the layers of blocks in the place of their uses, names every layer and finds out what each reads. It knows nothing of shapes, and
/// reports the mistakes that take none; those in a block of this project on its own attributes only, where they do not depend on the use.
/// </summary>
internal sealed class BlockExpansion
{
    private static readonly IReadOnlyDictionary<string, int> s_noParameters = new Dictionary<string, int>();

    private readonly BlockCatalog _blocks;
    private readonly string? _checkedBlock;
    private readonly ImmutableArray<PlacedLayer>.Builder _layers = ImmutableArray.CreateBuilder<PlacedLayer>();
    private readonly ImmutableArray<PlacedOutput>.Builder _outputs = ImmutableArray.CreateBuilder<PlacedOutput>();
    private readonly Dictionary<string, (LayerScope Scope, string Title)> _fullNames = new(StringComparer.Ordinal);
    private ProblemList _problems;
    private int _unjudged;
    private bool _isComplete = true;
    private int _size;

    private BlockExpansion(BlockCatalog blocks, string? checkedBlock, ProblemList problems, int attributes)
    {
        _blocks = blocks;
        _checkedBlock = checkedBlock;
        _problems = problems;
        _unjudged = attributes;
    }

    private bool IsFull => _size > GraphLimits.Layers;

    /// <summary>The layers of a network.</summary>
    public static ExpandedLayers Of(NetworkSpec spec, ProblemList problems)
    {
        var expansion = new BlockExpansion(new BlockCatalog(spec.Blocks), null, problems, spec.Layers.Count);
        return expansion.Run(null, spec.Layers, s_noParameters);
    }

    /// <summary>The layers of a block with the defaults of its parameters, for what can be said of it without a use.</summary>
    public static ExpandedLayers Of(BlockSpec block, IReadOnlyDictionary<string, int> defaults, BlockCatalog blocks, ProblemList problems) =>
        new BlockExpansion(blocks, block.Key, problems, block.Layers.Count).Run(block, block.Layers, defaults);

    /// <summary>Whether an attribute is no layer: one of the network's own, or nothing at all.</summary>
    public static bool IsSetting(LayerSpec layer) => IsOfNetwork(layer.Operator) || layer.IsUnresolved;

    /// <summary>Whether an attribute says something of a network as a whole, and has no place in a block.</summary>
    public static bool IsOfNetwork(string attribute) => attribute is InputRules.Attribute or LossRules.Attribute or OutputRules.Attribute;

    private ExpandedLayers Run(BlockSpec? block, EquatableArray<LayerSpec> layers, IReadOnlyDictionary<string, int> parameters)
    {
        LayerScope scope = Expand(block, layers, "", null, parameters, LayerReference.Input);
        return new ExpandedLayers(_layers.ToImmutable(), scope.Current, _unjudged, _isComplete) { Outputs = _outputs.ToImmutable() };
    }

    private LayerScope Expand(
        BlockSpec? block, EquatableArray<LayerSpec> layers, string prefix, int? attribute, IReadOnlyDictionary<string, int> parameters, int input)
    {
        var problems = new ProblemList();
        string[] names = LayerNames.Assign(layers, problems).ToArray();
        foreach (Problem problem in problems.Problems)
        {
            _problems.Error(problem.Id, attribute ?? problem.Layer, problem.MessageArguments.ToArray());
        }

        UseNames?[] uses = NameUses(layers, names, attribute, isInBlock: block is not null);
        var scope = new LayerScope(block, prefix, attribute, parameters, names, input);
        for (int layer = 0; layer < layers.Count && !IsFull; layer++)
        {
            int place = attribute ?? layer;
            if (layers[layer].IsUnresolved || layers[layer].IsUnreadable)
            {
                _unjudged = Math.Min(_unjudged, place);
                _isComplete &= !layers[layer].IsUnreadable;
            }

            if (uses[layer] is { } use)
            {
                ExpandUse(layers[layer], use, layer, place, scope);
            }
            else if (layers[layer].Operator == OutputRules.Attribute && block is null)
            {
                string? from = new LayerArguments(layers[layer]).Text("From");
                _outputs.Add(new PlacedOutput(layer, from is null ? new LayerReference(scope.Current) : scope.Resolve(from, layer)));
            }
            else if (!IsSetting(layers[layer]))
            {
                Place(layers[layer], names[layer], layer, place, scope);
            }
        }

        return scope;
    }

    /// <summary>Names the uses among layers, and enters the names by which layers refer to them.</summary>
    private UseNames?[] NameUses(EquatableArray<LayerSpec> layers, string[] names, int? attribute, bool isInBlock)
    {
        var uses = new UseNames?[layers.Count];
        var others = new HashSet<string>(names, StringComparer.Ordinal);
        int count = 0;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (layers[layer].Operator != UseArguments.Attribute)
            {
                continue;
            }

            UseNames use = UseNames.Of(layers[layer], ++count, isInBlock);
            if (new LayerArguments(layers[layer]).Text("Name") is { } given && UseNames.Fault(given) is { } fault)
            {
                _problems.Error(DiagnosticIds.InvalidName, attribute ?? layer, LayerNames.Shorten(given), fault);
            }
            else if (use.Name.Length > 0 && others.Contains(use.Name))
            {
                int other = Array.IndexOf(names, use.Name);
                _problems.Error(DiagnosticIds.DuplicateName, attribute ?? layer, use.Name, LayerNames.Describe(layers, names, other));
            }

            uses[layer] = use;
        }

        for (int layer = 0; layer < layers.Count; layer++)
        {
            names[layer] = uses[layer]?.Name ?? names[layer];
        }

        return uses;
    }

    private void Place(LayerSpec spec, string name, int layer, int attribute, LayerScope scope)
    {
        if (!Reserve(attribute, name, scope))
        {
            return;
        }

        string fullName = name.Length > 0 ? LayerScope.Join(scope.Prefix, name) : "";
        string title = fullName + scope.Suffix;
        LayerSpec? constant = UseArguments.Substitute(spec, scope.Parameters, new LayerProblems(_problems, attribute, title, null));

        // A layer without arguments to go by has a result that is not known.
        constant ??= new LayerSpec(spec.Operator, EquatableArray.Of(new Argument("", new UnreadableArgument())));
        var arguments = new LayerArguments(constant);
        var placed = new PlacedLayer(
            constant,
            fullName,
            scope.Suffix,
            attribute,
            arguments.Text("From") is { } from ? scope.Resolve(from, layer) : new LayerReference(scope.Current),
            JoinDefinition.Names(arguments).Select(other => scope.Resolve(other, layer)).ToImmutableArray());
        Enter(fullName, attribute, scope);
        scope.Add(name, _layers.Count);
        _layers.Add(placed);
    }

    /// <summary>Takes a full name. Layers of one scope have names of their own already.</summary>
    private void Enter(string fullName, int attribute, LayerScope scope)
    {
        if (fullName.Length == 0)
        {
            return;
        }

        if (!_fullNames.TryGetValue(fullName, out (LayerScope Scope, string Title) other))
        {
            _fullNames.Add(fullName, (scope, scope.Block is { } block && scope.Attribute is not null ? $"a layer of block {block.Name}" : "another layer"));
        }
        else if (other.Scope != scope)
        {
            _problems.Error(DiagnosticIds.DuplicateName, attribute, fullName, other.Title);
        }
    }

    private void ExpandUse(LayerSpec spec, UseNames names, int layer, int attribute, LayerScope scope)
    {
        // What a block's own check cannot know, since it depends on the use, the use is told.
        bool isOpen = _checkedBlock is not null && !UseArguments.IsConstant(spec);
        var open = new ProblemList();
        string title = LayerScope.Join(scope.Prefix, names.Title) + scope.Suffix;
        var problems = new LayerProblems(_problems, attribute, title, null);
        var openProblems = new LayerProblems(isOpen ? open : _problems, attribute, title, null);
        if (spec.IsUnreadable
            || FindBlock(spec, attribute, problems) is not { } block
            || UseArguments.Substitute(spec, scope.Parameters, openProblems) is not { } use
            || UseArguments.ReadParameters(block, new LayerArguments(use), problems) is not { } parameters
            || !UseArguments.CheckCopies(use, openProblems))
        {
            Hide(names, scope);
            return;
        }

        int repeat = new LayerArguments(use).Integer(UseArguments.Repeat, 1);
        int first = Math.Min(new LayerArguments(use).Integer(UseArguments.First, 0), int.MaxValue - GraphLimits.Layers);

        int source = scope.Current;
        if (new LayerArguments(use).Text("From") is { } from)
        {
            LayerReference reference = scope.Resolve(from, layer);
            source = reference.Place;
            if (reference.Fault is { } fault)
            {
                problems.Error(fault, reference.FaultArguments.ToArray());
            }
        }

        ProblemList outer = _problems;
        _problems = isOpen ? open : _problems;
        for (int copy = 0; copy < repeat && Reserve(attribute, names.Title, scope); copy++)
        {
            string prefix = names.Prefix(first + copy);
            LayerScope inner = Expand(
                block, block.Layers, LayerScope.Join(scope.Prefix, prefix), attribute, parameters, source);
            source = inner.Current;
            scope.AddInner(prefix, inner);
            scope.Add(prefix, source);
        }

        _problems = outer;
        scope.Add(names.Name, source);
        if (isOpen)
        {
            scope.Hide(names.CommonPrefix);
        }
    }

    /// <summary>The block that a use is of; null for one that cannot be used, which is reported here or at the block.</summary>
    private BlockSpec? FindBlock(LayerSpec spec, int attribute, LayerProblems problems)
    {
        string key = new LayerArguments(spec).Find<TypeArgument>(UseArguments.Block)?.Key ?? "null";
        BlockSpec block = _blocks.Find(key);
        if (_blocks.IsOverfull)
        {
            problems.Error(DiagnosticIds.TooManyLayers, "blocks", TextOf.Count(BlockSpec.MaxBlocks));
            return null;
        }

        if (block.State != BlockState.Read)
        {
            (string id, string more) = block.State switch
            {
                BlockState.NoBlock => (DiagnosticIds.NoBlock, ""),
                BlockState.NoSpecification => (DiagnosticIds.NoBlockSpecification, "has no specification: it was built without NetGen's generator; reference NetGen there as here"),
                _ => (DiagnosticIds.NoBlockSpecification, "has a specification that this version of NetGen cannot read; reference the same version in every project"),
            };
            problems.Error(id, block.Name, more, BlockSpec.AssemblyOf(key));
            return null;
        }

        if (_checkedBlock is not null && (key == _checkedBlock || _blocks.Uses(key, _checkedBlock)))
        {
            string path = key == _checkedBlock ? block.Name : _blocks.PathBetween(key, _checkedBlock);
            problems.Error(DiagnosticIds.BlockRecursion, $"{BlockSpec.NameOf(_checkedBlock)} → {path}");
            return null;
        }

        bool isCircular = _blocks.Uses(key, key);
        if (!isCircular && _blocks.IsSound(block))
        {
            return block;
        }

        if (block.IsReferenced)
        {
            problems.Error(DiagnosticIds.BlockRecursion, _blocks.PathBetween(key, key));
        }
        else
        {
            _unjudged = Math.Min(_unjudged, attribute);
        }

        return null;
    }

    /// <summary>Counts a layer or a copy; false where there are too many.</summary>
    private bool Reserve(int attribute, string name, LayerScope scope)
    {
        if (IsFull)
        {
            return false;
        }

        if (++_size > GraphLimits.Layers)
        {
            string title = LayerScope.Join(scope.Prefix, name) + scope.Suffix;
            new LayerProblems(_problems, attribute, title, null).Error(DiagnosticIds.TooManyLayers, "layers", TextOf.Count(GraphLimits.Layers));
        }

        return !IsFull;
    }

    private void Hide(UseNames names, LayerScope scope)
    {
        _isComplete = false;
        scope.Add(names.Name, LayerReference.Hidden);
        scope.Hide(names.CommonPrefix);
    }
}
