using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>A kind of resource that is stored as a body, in an environment or in a space.</summary>
internal sealed class Kind
{
    private Kind(string prefix, string noun, CentralTable? central, ItemTable? items)
    {
        Prefix = prefix;
        Noun = noun;
        Central = central;
        Items = items;
    }

    /// <summary>How ids begin.</summary>
    public string Prefix { get; }

    /// <summary>For messages.</summary>
    public string Noun { get; }

    /// <summary>Where it is kept when it belongs to an environment.</summary>
    public CentralTable? Central { get; }

    /// <summary>Where it is kept when it belongs to a space.</summary>
    public ItemTable? Items { get; }

    public static Kind OfEnvironment(string name, string prefix, string noun) => new(prefix, noun, new CentralTable(name, prefix, noun), items: null);

    public static Kind OfSpace(string name, string prefix, string noun) => new(prefix, noun, central: null, new ItemTable(name, prefix, noun));
}
