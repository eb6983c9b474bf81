namespace Flatfile.Agent.Handlers.Validation;

/// <summary>Which code of a country is wanted.</summary>
public enum CountryForm
{
    /// <summary>Two letters, <c>DE</c>.</summary>
    Alpha2,

    /// <summary>Three letters, <c>DEU</c>.</summary>
    Alpha3,

    /// <summary>Three digits, <c>276</c>.</summary>
    Numeric,

    /// <summary>Any of them.</summary>
    Any,
}
