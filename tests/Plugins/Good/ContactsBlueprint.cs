using Flatfile.Api;

namespace Good;

/// <summary>A blueprint.</summary>
public sealed class ContactsBlueprint : SpaceBlueprint
{
    public override string Name => "Contacts";

    public override IReadOnlyList<WorkbookConfig> Workbooks => [];
}
