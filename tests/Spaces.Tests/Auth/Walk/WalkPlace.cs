namespace Flatfile.Spaces.Tests.Auth.Walk;

/// <summary>A space with one resource of every kind in it and around it, by the names the table gives to ids.</summary>
internal sealed record WalkPlace(string Name, HttpClient Key, Dictionary<string, string> Ids)
{
    public string Environment => Ids["environmentId"];

    /// <summary>A text with the ids of this place in it.</summary>
    public string Fill(string text)
    {
        foreach (var (name, id) in Ids)
        {
            text = text.Replace("{" + name + "}", id, StringComparison.Ordinal);
        }

        return text;
    }
}
