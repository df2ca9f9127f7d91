namespace NetGen.Generator;

/// <summary>The names of the generator's steps, by which tests see what an edit makes run again.</summary>
internal static class TrackingNames
{
    public const string Parse = nameof(Parse);
    public const string Declaration = nameof(Declaration);
    public const string Graph = nameof(Graph);
    public const string Schedule = nameof(Schedule);
    public const string Block = nameof(Block);
}
