namespace NetGen;

/// <summary>Finds a dataset's files in a directory.</summary>
internal static class DataDirectory
{
    public static void Require(string directory, string dataset)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"The directory '{directory}' does not exist; expected the one with {dataset}'s files.");
    }

    /// <summary>The first of the names that is there.</summary>
    public static string Find(string directory, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException(
            $"The directory '{directory}' has none of {string.Join(", ", names)}; put one of them there.", Path.Combine(directory, names[0]));
    }
}
