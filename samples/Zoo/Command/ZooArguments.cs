namespace Samples.Zoo;

/// <summary>What the command line asks for.</summary>
internal sealed record ZooArguments
{
    private const string ImageOption = "--image", WeightsOption = "--weights", LabelsOption = "--labels";

    public static string Usage { get; } = $"""
        Shows the layers, the size and the speed of well-known networks, or classifies a photograph.

        usage: dotnet run -c Release --project samples/Zoo [-- NETWORK ...]
               dotnet run -c Release --project samples/Zoo -- NETWORK --image FILE [--weights FILE] [--labels FILE]

          NETWORK           one of {string.Join(", ", ZooNetwork.All.Select(network => network.Name))} (default: all)
          --image FILE      a photograph, PNG or PPM; prints the five likeliest classes
          --weights FILE    the network's weights: torchvision's state_dict as safetensors (default: random ones)
          --labels FILE     the names of the classes, one a line (default: their numbers)
          --help            shows this
        """;

    public required IReadOnlyList<ZooNetwork> Networks { get; init; }

    public string? Image { get; init; }

    public string? Weights { get; init; }

    public string? Labels { get; init; }

    public bool Help { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentsException">A network or an option is unknown, or something is missing.</exception>
    public static ZooArguments Parse(string[] args)
    {
        CommandLine line = CommandLine.Parse(args, ImageOption, WeightsOption, LabelsOption);
        if (line.Help) return new ZooArguments { Networks = [], Help = true };

        ZooNetwork[] networks =
            [.. line.Words.Select(word => ZooNetwork.Find(word) ?? throw new ArgumentsException($"There is no network '{word}'."))];
        if (line[ImageOption] is null && line.Options is [(var option, _), ..])
            throw new ArgumentsException($"{option} is for a photograph; name it with {ImageOption}.");
        if (line[ImageOption] is not null && networks.Length != 1)
            throw new ArgumentsException($"One network classifies a photograph; {networks.Length} are named.");
        return new ZooArguments
        {
            Networks = networks.Length > 0 ? networks : ZooNetwork.All,
            Image = line[ImageOption],
            Weights = line[WeightsOption],
            Labels = line[LabelsOption],
        };
    }
}
