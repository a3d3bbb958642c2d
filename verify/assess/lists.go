package assess

// AreaTypes lists what an incident affected: TimeMap's list, as Bellingcat's
// civilian harm map has it.
func AreaTypes() []string {
	return []string{
		"Residential", "Industrial", "Administrative", "Healthcare", "School or childcare", "Military", "Undefined",
		"Commercial", "Religious", "Cultural", "Roads/Highways/Transport", "Humanitarian", "Food/Food Infrastructure",
	}
}

// WeaponSystems lists what was used: the same source.
func WeaponSystems() []string {
	return []string{
		"Unknown", "HE rocket artillery", "HE artillery inc mortars", "Cluster munitions", "Incendiary munitions",
		"Cruise missile", "Ballistic missile", "Thermobaric munition", "Vehicle mounted weapon", "Small arms",
		"Air strike", "Land mines", "Anti-air missile", "Loitering munition",
	}
}

// IncidentTypes lists the kinds of incident: the default options of Atlos.
func IncidentTypes() []string {
	return []string{
		"Military Activity", "Military Activity/Movement", "Military Activity/Equipment", "Military Activity/Equipment/Lost",
		"Military Activity/Execution", "Military Activity/Combat", "Military Activity/Encampment", "Military Activity/Strike",
		"Military Activity/Explosion", "Military Activity/Detention", "Military Activity/Mass Grave", "Military Activity/Demolition",
		"Civilian Activity", "Civilian Activity/Protest or March", "Civilian Activity/Riot", "Civilian Activity/Violence",
		"Policing", "Policing/Use of Force", "Policing/Detention",
		"Weather", "Weather/Flooding", "Weather/Hurricane", "Weather/Fire", "Other",
	}
}

// ViolationTypes lists the violations: the twelve of Mnemonic.
func ViolationTypes() []string {
	return []string{
		"Massacres_and_other_unlawful_killing", "Arbitrary_arrest_and_unlawful_detention", "Hostage_taking",
		"Enforced_disappearance", "Torture_and_ill_treatment_of_detainees", "Sexual_and_gender_based_violence",
		"Violations_of_childrens_rights", "Unlawful_attacks", "Violations_against_specifically_protected_persons_and_objects",
		"Use_of_illegal_weapons", "Sieges_and_violations_of_economic_social_and_cultural_rights",
		"Arbitrary_and_forcible_displacement",
	}
}

// ProtectedObjects lists persons and objects under special protection in
// international humanitarian law, by the articles of the Geneva Conventions
// (GC), their Additional Protocols (AP) and the Hague Convention of 1954 that
// protect them.
func ProtectedObjects() []string {
	return []string{
		"Medical unit or transport",        // GC I 19, GC IV 18, AP I 12
		"Medical personnel",                // AP I 15
		"Humanitarian relief",              // AP I 70, 71
		"Cultural property",                // Hague 1954 art. 4, AP I 53
		"Place of worship",                 // AP I 53
		"School or other education",        // AP I 52(3), children: 77
		"Objects needed to survive",        // AP I 54: food, crops, water
		"Works with dangerous forces",      // AP I 56: dams, dykes, nuclear power stations
		"Natural environment",              // AP I 55
		"Civil defence",                    // AP I 62
		"Journalists",                      // AP I 79
		"Undefended or demilitarised zone", // AP I 59, 60
	}
}
