namespace Flatfile.Spaces.Storage;

/// <summary>A database's tables are not what its version says, so a step could not be applied. The file is as it was.</summary>
internal sealed class MigrationException(string step, long version, Exception cause)
    : Exception($"the step '{step}' to format {version} failed ({cause.Message})", cause);
