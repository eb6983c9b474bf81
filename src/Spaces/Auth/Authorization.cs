using System.Collections.Frozen;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;

namespace Flatfile.Spaces.Auth;

/// <summary>The one place that decides who may do what.</summary>
internal static class Authorization
{
    /// <summary>Operations that hand out data as files. A space may keep its guests from them.</summary>
    public static FrozenSet<string> Downloads { get; } = FrozenSet.Create(
        StringComparer.Ordinal, "files.download", "files.ledger", "sheets.getRecordsAsCsv", "records.readLines", "snapshots.getSnapshotRecords", "spaces.export");

    /// <summary>Refuses with 403 what this sort of caller may do nowhere, before anything is looked up: the answer tells nothing of what exists.</summary>
    public static void Check(Principal caller, Operation? operation)
    {
        if (operation is not null && !MayTry(caller.Kind, operation.Right))
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", $"{operation.Name} asks for the right '{Name(operation.Right)}', which {Title(caller.Kind)} does not have."));
        }
    }

    /// <summary>Refuses with 403 what the caller's role in a space does not allow.</summary>
    public static void Check(Operation? operation, Right role)
    {
        if (operation is not null && role < Least(operation.Right))
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", $"{operation.Name} asks for the right '{Name(operation.Right)}'; your role in this space is '{Name(role)}'."));
        }
    }

    /// <summary>Refuses with 403 a space's limits from anybody whom they are to hold: only who sees the whole environment sets them.</summary>
    public static void CheckLimits(Principal caller, System.Text.Json.Nodes.JsonObject space)
    {
        if (space.ContainsKey(Usage.LimitSetting.Member) && !caller.SeesEnvironment)
        {
            throw new ApiRefusal(403, new ApiFault(Usage.LimitSetting.Member, $"'{Usage.LimitSetting.Member}' asks for the right 'environment', which {Title(caller.Kind)} does not have."));
        }
    }

    /// <summary>Whether a sort of caller may do such a thing anywhere.</summary>
    public static bool MayTry(PrincipalKind kind, Right right) => right switch
    {
        Right.Public => true,
        Right.Publishable => kind is PrincipalKind.Publishable or PrincipalKind.Environment or PrincipalKind.Account,
        Right.Caller or Right.Viewer or Right.Editor => kind >= PrincipalKind.Guest,
        Right.User or Right.Admin or Right.Owner => kind >= PrincipalKind.User,
        Right.Environment => kind >= PrincipalKind.Environment,
        _ => kind >= PrincipalKind.Account,
    };

    /// <summary>The role in a space an operation asks for; one that asks for none still asks for being in it.</summary>
    private static Right Least(Right right) => right < Right.Viewer ? Right.Viewer : right > Right.Owner ? Right.Owner : right;

    private static string Title(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Publishable => "a publishable key",
        PrincipalKind.Guest => "a guest",
        PrincipalKind.User => "a user without a role in the account",
        PrincipalKind.Environment => "a secret key",
        _ => "this caller",
    };

#pragma warning disable CA1308 // The table writes rights in lower case.
    /// <summary>A right as the table and the wire write it.</summary>
    public static string Name(Right right) => right.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
