using System.Text;

namespace NetGen.Generator.Emission;

/// <summary>Writes indented C# with LF line ends.</summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;

    public SourceWriter Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _level * SpacesPerLevel).Append(line);
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes each line of a text at the current indentation.</summary>
    public SourceWriter Lines(string text)
    {
        foreach (string line in text.Replace("\r", "").Split('\n'))
        {
            Line(line);
        }

        return this;
    }

    /// <summary>Writes a head and an opening brace; disposing the result closes it.</summary>
    public Block Open(string head)
    {
        Line(head);
        return Open();
    }

    public Block Open()
    {
        Line("{");
        _level++;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    /// <summary>An open brace.</summary>
    internal readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._level--;
            writer.Line("}");
        }
    }
}
