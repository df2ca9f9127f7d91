using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

/// <summary>Every emitter of this assembly by its operator: one that is there is found, nothing else has to name it.</summary>
internal static class OperatorEmitters
{
    private static readonly Dictionary<Type, OperatorEmitter> s_emitters = typeof(OperatorEmitter).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(OperatorEmitter).IsAssignableFrom(type))
        .Select(type => (OperatorEmitter)Activator.CreateInstance(type))
        .ToDictionary(emitter => emitter.OperatorType);

    public static OperatorEmitter For(Operator @operator) => s_emitters[@operator.GetType()];
}
