/** The standard offer of the mocks in each language of the widget. */
type Words = readonly [title: string, description: string, option: string];

export const TRANSLATIONS: Record<string, Words> = {
  ar: [
    'افتح التحليلات المتقدمة',
    'اعرف أي الفرق تستخدم ماذا، وأين يذهب الوقت. تقارير <b>لكل</b> مساحة عمل، بلا حدود.',
    'افتح الآن',
  ],
  de: [
    'Erweiterte Analysen freischalten',
    'Sehen Sie, welche Teams was nutzen und wo die Zeit bleibt. Berichte für <b>jeden</b> Arbeitsbereich, ohne Grenze.',
    'Jetzt freischalten',
  ],
  'de-x-du': [
    'Schalte erweiterte Analysen frei',
    'Sieh, welche Teams was nutzen und wo die Zeit bleibt. Berichte für <b>jeden</b> Arbeitsbereich, ohne Grenze.',
    'Jetzt freischalten',
  ],
  es: [
    'Desbloquee la analítica avanzada',
    'Vea qué equipos usan qué y adónde va el tiempo. Informes de <b>todos</b> los espacios, sin límite.',
    'Desbloquear ahora',
  ],
  'es-x-tu': [
    'Desbloquea la analítica avanzada',
    'Mira qué equipos usan qué y adónde va el tiempo. Informes de <b>todos</b> los espacios, sin límite.',
    'Desbloquear ahora',
  ],
  fr: [
    'Débloquez les analyses avancées',
    'Voyez quelles équipes utilisent quoi, et où passe le temps. Des rapports pour <b>chaque</b> espace, sans limite.',
    'Débloquer',
  ],
  ja: [
    '高度な分析を利用する',
    'どのチームが何を使い、どこに時間がかかっているかが分かります。<b>すべて</b>のワークスペースのレポートを無制限に。',
    '今すぐ利用する',
  ],
  nl: [
    'Ontgrendel geavanceerde analyses',
    'Zie welke teams wat gebruiken en waar de tijd blijft. Rapporten voor <b>elke</b> werkruimte, zonder limiet.',
    'Nu ontgrendelen',
  ],
  pt: [
    'Desbloqueie a análise avançada',
    'Veja que equipas usam o quê e para onde vai o tempo. Relatórios de <b>todos</b> os espaços, sem limite.',
    'Desbloquear agora',
  ],
  'pt-BR': [
    'Desbloqueie as análises avançadas',
    'Veja quais equipes usam o quê e para onde vai o tempo. Relatórios de <b>todos</b> os espaços, sem limite.',
    'Desbloquear agora',
  ],
};
