namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>What a part refers to, by the ids it uses.</summary>
internal static class Relations
{
    /// <summary>Reads the relations of a part.</summary>
    /// <param name="package">Holds the part.</param>
    /// <param name="part">Its name; empty for the package itself.</param>
    /// <returns>Nothing when the part has no relations. Those that lead outside are left out: nothing is ever fetched.</returns>
    public static IReadOnlyList<Relation> Of(OfficePackage package, string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var name = $"{part[..slash]}_rels/{part[slash..]}.rels";
        var relations = new List<Relation>();
        if (!package.Has(name))
        {
            return relations;
        }

        using var xml = package.OpenXml(name);
        while (xml.ReadElement())
        {
            if (xml.LocalName == "Relationship" && xml.GetAttribute("TargetMode") != "External" && xml.GetAttribute("Target") is { } target)
            {
                relations.Add(new Relation(xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", Resolve(part[..slash], target)));
            }
        }

        return relations;
    }

    /// <summary>A target as the name of a part: those that begin with a slash count from the package, others from the folder.</summary>
    private static string Resolve(string folder, string target)
    {
        target = Uri.UnescapeDataString(target.Replace('\\', '/'));
        var names = new List<string>();
        foreach (var name in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }
}
