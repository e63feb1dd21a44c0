using System.Text;

namespace CxrNet.Evaluation;

/// <summary>One line of comma-separated values (RFC 4180, without line breaks inside quotes).</summary>
internal static class Csv
{
    public static IEnumerable<string> Fields(string line)
    {
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(c);
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                yield return field.ToString();
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        yield return field.ToString();
    }
}
