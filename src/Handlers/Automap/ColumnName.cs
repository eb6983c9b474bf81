using System.Text;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>A name reduced to what two spellings of it have in common.</summary>
internal static class ColumnName
{
    /// <summary>Letters and digits only, without accents, in lower case: <c>E-Mail address</c> and <c>email_address</c> become one.</summary>
    public static string Normalise(string name)
    {
        var text = Letters.Fold(name.Replace("%", "percent", StringComparison.Ordinal).Replace("$", "dollar", StringComparison.Ordinal));
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }
}
