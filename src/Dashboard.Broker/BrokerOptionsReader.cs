using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Broker;

/// <summary>Reads <see cref="BrokerOptions"/> and keeps every mistake, unknown names too, so that a start that fails names all of them at once.</summary>
public static class BrokerOptionsReader
{
    public static BrokerOptions Read(IConfiguration configuration, ICollection<string> errors)
    {
        var options = new BrokerOptions();
        var section = configuration.GetSection(BrokerOptions.Section);
        Fill(options, section, errors);

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        // The validator skips an object's own rules when an attribute has failed; both are wanted.
        foreach (var result in options.Validate(new ValidationContext(options)).Where(rule => results.All(known => known.ErrorMessage != rule.ErrorMessage)))
        {
            results.Add(result);
        }

        foreach (var result in results)
        {
            errors.Add($"{BrokerOptions.Section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}");
        }

        return options;
    }

    private static void Fill(object target, IConfigurationSection section, ICollection<string> errors)
    {
        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren())
        {
            if (!properties.TryGetValue(setting.Key, out var property))
            {
                errors.Add($"{setting.Path}: there is no such setting. Known are {string.Join(", ", properties.Keys)}.");
            }
            else if (property.PropertyType == typeof(MonitoringOptions))
            {
                Fill(property.GetValue(target)!, setting, errors);
            }
            else
            {
                Set(target, property, setting, errors);
            }
        }
    }

    private static void Set(object target, PropertyInfo property, IConfigurationSection setting, ICollection<string> errors)
    {
        try
        {
            property.SetValue(target, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(setting.Value ?? ""));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            errors.Add($"{setting.Path}: '{setting.Value}' is not {Expected(property.PropertyType)}.");
        }
    }

    private static string Expected(Type type) =>
        type == typeof(TimeSpan) ? "a time such as 00:00:10"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : "a whole number in the range of this setting";
}
