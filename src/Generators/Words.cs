using System.Text;

namespace Flatfile.Agent.Generators;

/// <summary>Names of code turned into those of fields.</summary>
internal static class Words
{
    /// <summary><c>LatitudeDeg</c> becomes <c>latitudeDeg</c>.</summary>
    public static string Key(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary><c>LatitudeDeg</c> becomes <c>Latitude deg</c>; capitals beside one another stay together.</summary>
    public static string Label(string name)
    {
        var label = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var isStart = i > 0 && char.IsUpper(c) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (isStart || c == '_')
            {
                label.Append(' ');
            }

            if (c != '_')
            {
                var isWord = isStart && (i + 1 >= name.Length || !char.IsUpper(name[i + 1]));
                label.Append(isWord ? char.ToLowerInvariant(c) : c);
            }
        }

        return label.ToString();
    }
}
