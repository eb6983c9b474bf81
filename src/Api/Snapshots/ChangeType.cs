namespace Flatfile.Api;

/// <summary>Kinds of change since a snapshot.</summary>
public static class ChangeType
{
    public const string CreatedSince = "createdSince";

    public const string UpdatedSince = "updatedSince";

    public const string DeletedSince = "deletedSince";
}
