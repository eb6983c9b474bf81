namespace Flatfile.Spaces.Auth;

/// <summary>What sort of caller it is; each sort may try other operations.</summary>
internal enum PrincipalKind
{
    /// <summary>A request without credentials.</summary>
    Nobody,

    /// <summary>A publishable key: stands in web pages, so everybody has it.</summary>
    Publishable,

    /// <summary>A guest's token.</summary>
    Guest,

    /// <summary>A user's token. The user has rights in the spaces it was added to.</summary>
    User,

    /// <summary>A secret key.</summary>
    Environment,

    /// <summary>The development key, or a user who manages the account.</summary>
    Account,
}
