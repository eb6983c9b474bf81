using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Storage;

/// <summary>Where things lie in the data folder. Names are made from numbers this server gave, never from what a client sent.</summary>
internal sealed class DataFolder(SpacesOptions options)
{
    private const string Birth = ".new-";
    private const string Trash = ".trash-";

    /// <summary>The full path of the data folder.</summary>
    public string Root { get; } = Path.GetFullPath(options.DataFolder);

    public string CentralDatabase => Path.Combine(Root, "spaces.db");

    public string LockFile => Path.Combine(Root, "lock");

    public string DevelopmentKey => Path.Combine(Root, "development-key");

    /// <summary>What tokens are signed with.</summary>
    public string TokenSecret => Path.Combine(Root, "token-secret");

    /// <summary>Where invitations are put that nobody sends.</summary>
    public string Mail => Path.Combine(Root, "mail");

    /// <summary>The folder of all spaces' folders.</summary>
    public string Spaces => Path.Combine(Root, "spaces");

    /// <summary>A space's own folder.</summary>
    public string OfSpace(long number) => Path.Combine(Spaces, SpaceId(number));

    /// <summary>Where a space is built before it exists.</summary>
    public string BirthOf(long number) => Path.Combine(Spaces, Birth + SpaceId(number));

    /// <summary>Where a deleted space's folder waits for its removal.</summary>
    public string TrashOf(long number) => Path.Combine(Spaces, Trash + SpaceId(number));

    /// <summary>Creates a folder for the owner only, where it is not there: other people's data. One that is there stays as its owner made it.</summary>
    public static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The id of a space.</summary>
    public static string SpaceId(long number) => new ResourceId(IdPrefix.Space, number, 0).ToString();

    /// <summary>Whether a folder is an unfinished birth or trash.</summary>
    public static bool IsTemporary(string name) =>
        name.StartsWith(Birth, StringComparison.Ordinal) || name.StartsWith(Trash, StringComparison.Ordinal);
}
