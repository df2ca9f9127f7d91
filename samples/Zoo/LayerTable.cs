using System.Xml;
using System.Xml.Linq;

namespace Samples.Zoo;

/// <summary>
/// The layer tables that the compiler of networks leaves in the documentation of their classes, which is what an editor shows when the
/// mouse rests on one. The documentation file lies beside the assembly.
/// </summary>
internal static class LayerTable
{
    /// <summary>The lines of a network's table; none where the program was moved without its documentation.</summary>
    public static IReadOnlyList<string> Of(Type network)
    {
        string path = Path.Combine(AppContext.BaseDirectory, network.Assembly.GetName().Name + ".xml");
        if (!File.Exists(path)) return [];

        string? table = XDocument.Load(path, LoadOptions.PreserveWhitespace)
            .Descendants("member")
            .FirstOrDefault(member => (string?)member.Attribute("name") == "T:" + network.FullName)?
            .Element("remarks")?.Element("code")?.Value;
        return table is null ? [] : Unindented(table.Split('\n'));
    }

    // The compiler indents the documentation as it lies in its file.
    private static string[] Unindented(string[] lines)
    {
        string[] filled = [.. lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        int indent = filled.Min(line => line.Length - line.TrimStart().Length);
        return [.. filled.Select(line => line[indent..])];
    }
}
