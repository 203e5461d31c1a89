interface Named {
  givenName: string | null;
  familyName: string | null;
  patronymic?: string | null;
}

/** As it is written on an envelope; null where nobody told a name. */
export function personName({ givenName, familyName, patronymic }: Named): string | null {
  const name = [familyName, givenName, patronymic].filter(Boolean).join(' ');
  return name === '' ? null : name;
}
