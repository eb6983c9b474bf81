namespace Flatfile.Spaces;

/// <summary>How the host itself gets in, and what to print at start. Filled when the host has started.</summary>
public interface ISpacesAccess
{
    /// <summary>The secret key of the development environment, as it stands in <c>development-key</c> in the data folder.</summary>
    string DevelopmentKey { get; }

    /// <summary>
    /// A secret key with the rights of the development key, for what works in the same process: it is written nowhere, ends with the process, and is
    /// good also while the server listens beyond this machine.
    /// </summary>
    string ProcessKey { get; }

    /// <summary>The development environment.</summary>
    string EnvironmentId { get; }

    /// <summary>The account.</summary>
    string AccountId { get; }

    /// <summary>The full path of the data folder.</summary>
    string DataFolder { get; }

    /// <summary>The SQLite library in use and its version.</summary>
    string SqliteLibrary { get; }
}
